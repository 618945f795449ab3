package dev.ephpm.litewire;

import dev.ephpm.litewire.catalogue.Table;
import dev.ephpm.litewire.sqlite.RemoteException;
import dev.ephpm.litewire.sqlite.ResultCode;
import dev.ephpm.litewire.sqlite.SqliteException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a MySQL client is told when SQLite refuses. Plans that know more, such as the values, say it themselves before. */
final class SqliteErrors {
    private static final Pattern UNIQUE = Pattern.compile("UNIQUE constraint failed: (.*)", Pattern.DOTALL);
    private static final Pattern UNIQUE_INDEX =
            Pattern.compile("UNIQUE constraint failed: index '(.*)'", Pattern.DOTALL);
    private static final Pattern NOT_NULL = Pattern.compile("NOT NULL constraint failed: .*\\.([^.]*)", Pattern.DOTALL);
    private static final Pattern CHECK = Pattern.compile("CHECK constraint failed: (.*)", Pattern.DOTALL);
    private static final Pattern NO_TABLE = Pattern.compile("no such table: (?:main\\.)?(.*)", Pattern.DOTALL);
    private static final Pattern OUT_OF_RANGE =
            Pattern.compile("([A-Z ]+) value is out of range in '(.*)'", Pattern.DOTALL);
    private static final Pattern NO_COLUMN = Pattern.compile("no such column: (.*)", Pattern.DOTALL);

    /** Without SQLite's extension of it. */
    private static final int PRIMARY_CODE = 0xff;

    private static final Pattern NO_FUNCTION = Pattern.compile(".*no such function: (\\w+).*", Pattern.DOTALL);

    private SqliteErrors() {}

    static SqlError translate(SQLException failure, LocalDatabase database) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof RemoteException remote && remote.kind() != RemoteException.Kind.REFUSED) {
            return ofServer(remote.kind());
        }
        if (!(failure instanceof SqliteException) && !(failure instanceof RemoteException)) {
            return SqlErrorCode.UNKNOWN_ERROR.with(message);
        }
        return switch (failure.getErrorCode() & PRIMARY_CODE) {
            case ResultCode.CONSTRAINT -> constraint(failure.getErrorCode(), message, database);
            case ResultCode.BUSY ->
                failure.getErrorCode() == ResultCode.BUSY_SNAPSHOT
                        ? SqlErrorCode.DEADLOCK.with()
                        : SqlErrorCode.LOCK_WAIT_TIMEOUT.with();
            case ResultCode.LOCKED -> SqlErrorCode.LOCK_WAIT_TIMEOUT.with();
            case ResultCode.INTERRUPT -> SqlErrorCode.QUERY_INTERRUPTED.with();
            case ResultCode.FULL -> SqlErrorCode.DISK_FULL.with();
            case ResultCode.READ_ONLY -> SqlErrorCode.OPTION_PREVENTS_STATEMENT.with("--read-only");
            case ResultCode.NO_MEMORY -> SqlErrorCode.OUT_OF_MEMORY.with(0);
            case ResultCode.TOO_BIG -> SqlErrorCode.PACKET_TOO_LARGE.with();
            case ResultCode.AUTHORIZATION -> SqlErrorCode.COMMAND_DENIED.with("SUPER");
            case ResultCode.NOT_A_DATABASE, ResultCode.CORRUPT ->
                SqlErrorCode.UNKNOWN_ERROR.with(
                        "the database file of this site is damaged (" + message + "); restore it from a backup");
            default -> general(message, database);
        };
    }

    /** The server that writes this site's database could not be asked. */
    private static SqlError ofServer(RemoteException.Kind kind) {
        return switch (kind) {
            case UNREACHABLE, REFUSED -> SqlErrorCode.OPTION_PREVENTS_STATEMENT.with("--read-only");
            case ENDED -> SqlErrorCode.DEADLOCK.with();
            case UNKNOWN ->
                SqlErrorCode.UNKNOWN_ERROR.with(
                        "the site's home region did not answer in time; it is not known whether the change was made");
        };
    }

    private static SqlError constraint(int code, String message, LocalDatabase database) {
        return switch (code) {
            case ResultCode.CONSTRAINT_UNIQUE, ResultCode.CONSTRAINT_PRIMARY_KEY, ResultCode.CONSTRAINT_ROWID ->
                SqlErrorCode.DUPLICATE_ENTRY.with("", keyName(message, database));
            case ResultCode.CONSTRAINT_NOT_NULL ->
                SqlErrorCode.COLUMN_CANNOT_BE_NULL.with(group(NOT_NULL, message).orElse(""));
            case ResultCode.CONSTRAINT_FOREIGN_KEY ->
                SqlErrorCode.NO_REFERENCED_ROW.with(database.login().databaseName());
            case ResultCode.CONSTRAINT_CHECK ->
                SqlErrorCode.CHECK_FAILED.with(
                        group(CHECK, message).orElse(""), database.login().databaseName(), "");
            default -> SqlErrorCode.UNKNOWN_ERROR.with(message);
        };
    }

    /** {@code t.a, t.b} into the name of the key over these columns. */
    private static String keyName(String message, LocalDatabase database) {
        Optional<String> index = group(UNIQUE_INDEX, message);
        if (index.isPresent()) {
            return index.get();
        }
        List<String> columns = Arrays.asList(group(UNIQUE, message).orElse("").split(", "));
        String table = columns.getFirst().replaceFirst("\\.[^.]*$", "");
        List<String> names = columns.stream()
                .map(column -> column.substring(column.lastIndexOf('.') + 1))
                .toList();
        return database.knownTable(table).map(known -> keyOver(known, names)).orElse("PRIMARY");
    }

    private static String keyOver(Table table, List<String> columns) {
        return table.keys().stream()
                .filter(key -> key.parts().stream()
                        .map(Table.Key.Part::column)
                        .toList()
                        .equals(columns))
                .map(Table.Key::name)
                .findFirst()
                .orElse("PRIMARY");
    }

    private static SqlError general(String message, LocalDatabase database) {
        Optional<String> table = group(NO_TABLE, message);
        if (table.isPresent()) {
            return SqlErrorCode.NO_SUCH_TABLE.with(database.login().databaseName(), table.get());
        }
        if (message.contains("integer overflow")) {
            return SqlErrorCode.VALUE_OUT_OF_RANGE.with("BIGINT", "");
        }
        Matcher range = OUT_OF_RANGE.matcher(message);
        if (range.find()) {
            return SqlErrorCode.VALUE_OUT_OF_RANGE.with(range.group(1).strip(), range.group(2));
        }
        Optional<String> function = group(NO_FUNCTION, message);
        if (function.isPresent()) {
            return SqlErrorCode.NOT_SUPPORTED_YET.with(function.get() + " of columns in a write of a replicated site");
        }
        Optional<String> column = group(NO_COLUMN, message);
        return column.isPresent()
                ? SqlErrorCode.UNKNOWN_COLUMN.with(column.get(), "SELECT")
                : SqlErrorCode.UNKNOWN_ERROR.with(message);
    }

    private static Optional<String> group(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
