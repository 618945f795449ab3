package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.catalogue.Schema;
import dev.ephpm.litewire.catalogue.Table;
import dev.ephpm.litewire.catalogue.TemporaryTables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** SQLite's constraint failures in MySQL's words. */
final class ConstraintErrors {
    private static final String UNIQUE = "UNIQUE constraint failed: ";
    private static final String NOT_NULL = "NOT NULL constraint failed: ";
    private static final String FOREIGN_KEY = "FOREIGN KEY constraint failed";
    private static final String CHECK = "CHECK constraint failed: ";
    private static final String INDEX = "index '";

    /** Rules of a foreign key that keep a referenced row as it is. */
    private static final Set<String> FORBIDDING = Set.of("", "RESTRICT", "NO ACTION");

    private static final Pattern SUPPLEMENTARY = Pattern.compile("[\\x{10000}-\\x{10FFFF}]");

    private ConstraintErrors() {}

    /**
     * The MySQL error of a failed change of a table's rows, or empty when it is of another kind.
     *
     * @param value the value that was to be stored in a column, as text
     */
    static Optional<SqlError> of(
            SQLException failure, Dialect.Context context, Table table, Function<String, String> value) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains(UNIQUE)) {
            return Optional.of(duplicate(rest(message, UNIQUE), table, value));
        }
        if (message.contains(NOT_NULL)) {
            String column = rest(message, NOT_NULL);
            return Optional.of(SqlErrorCode.COLUMN_CANNOT_BE_NULL.with(column.substring(column.lastIndexOf('.') + 1)));
        }
        if (message.contains(CHECK)) {
            return Optional.of(check(rest(message, CHECK), context, table));
        }
        return message.contains(FOREIGN_KEY) ? Optional.of(foreignKey(context, table)) : Optional.empty();
    }

    /** A column's own check is named with its table. */
    private static SqlError check(String name, Dialect.Context context, Table table) {
        String shown = TemporaryTables.shown(table.name());
        boolean ofColumn = table.checks().stream()
                .anyMatch(c -> c.name().equals(name) && c.column().isPresent());
        return SqlErrorCode.CHECK_FAILED.with(ofColumn ? shown + "." + name : name, context.databaseName(), shown);
    }

    static boolean isDuplicate(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains(UNIQUE);
    }

    private static String rest(String message, String beginning) {
        String rest = message.substring(message.lastIndexOf(beginning) + beginning.length());
        return rest.endsWith(")") ? rest.substring(0, rest.length() - 1) : rest;
    }

    private static SqlError duplicate(String failed, Table table, Function<String, String> value) {
        return duplicate(key(failed, table), value);
    }

    /** MariaDB's messages are utf8mb3. */
    static SqlError duplicate(Table.Key key, String entry) {
        return SqlErrorCode.DUPLICATE_ENTRY.with(SUPPLEMENTARY.matcher(entry).replaceAll("?"), key.name());
    }

    static SqlError duplicate(Table.Key key, Function<String, String> value) {
        String entry = key.parts().stream()
                .map(p -> prefix(value.apply(p.column()), p.prefix()))
                .collect(Collectors.joining("-"));
        return duplicate(key, entry);
    }

    private static String prefix(String text, int characters) {
        return characters == 0 || text.length() <= characters ? text : text.substring(0, characters);
    }

    /** The key whose columns, or whose index, SQLite names. */
    private static Table.Key key(String failed, Table table) {
        if (failed.startsWith(INDEX)) {
            String name = failed.substring(INDEX.length(), failed.lastIndexOf('\''));
            for (Table.Key key : table.keys()) {
                if (name.equals(key.storedName())) {
                    return key;
                }
            }
        }
        List<String> columns = new ArrayList<>();
        for (String column : failed.split(", ")) {
            columns.add(column.substring(column.lastIndexOf('.') + 1));
        }
        for (Table.Key key : table.keys()) {
            List<String> parts =
                    key.parts().stream().map(Table.Key.Part::column).toList();
            boolean unique = key.kind() == Table.Key.Kind.PRIMARY || key.kind() == Table.Key.Kind.UNIQUE;
            if (unique && parts.equals(columns)) {
                return key;
            }
        }
        List<Table.Key.Part> parts =
                columns.stream().map(c -> new Table.Key.Part(c, 0, false)).toList();
        return new Table.Key("PRIMARY", Table.Key.Kind.PRIMARY, parts, "", null);
    }

    private static SqlError foreignKey(Dialect.Context context, Table table) {
        if (!table.foreignKeys().isEmpty()) {
            return SqlErrorCode.NO_REFERENCED_ROW.with(
                    describe(context, table.name(), table.foreignKeys().getFirst()));
        }
        return parent(context, table, Table.ForeignKey::onUpdate);
    }

    /** A row is still referenced from another table, by a key whose rule for that forbids it. */
    static SqlError parent(Dialect.Context context, Table table, Function<Table.ForeignKey, String> rule) {
        Schema schema = context.schema();
        List<Table> children = schema.tables().values().stream()
                .sorted(Comparator.comparing(Table::name))
                .toList();
        for (Table child : children) {
            for (Table.ForeignKey key : child.foreignKeys()) {
                if (key.referencedTable().equals(table.name()) && FORBIDDING.contains(rule.apply(key))) {
                    return SqlErrorCode.ROW_IS_REFERENCED.with(" (" + describe(context, child.name(), key) + ")");
                }
            }
        }
        return SqlErrorCode.ROW_IS_REFERENCED.with("");
    }

    private static String describe(Dialect.Context context, String table, Table.ForeignKey key) {
        String rules = (key.onDelete().equals("RESTRICT") || key.onDelete().isEmpty()
                        ? ""
                        : " ON DELETE " + key.onDelete())
                + (key.onUpdate().equals("RESTRICT") || key.onUpdate().isEmpty() ? "" : " ON UPDATE " + key.onUpdate());
        return "`" + context.databaseName() + "`.`" + table + "`, CONSTRAINT `" + key.name() + "` FOREIGN KEY ("
                + names(key.columns()) + ") REFERENCES `" + key.referencedTable() + "` ("
                + names(key.referencedColumns()) + ")" + rules;
    }

    private static String names(List<String> columns) {
        return columns.stream().map(c -> "`" + c + "`").collect(Collectors.joining(", "));
    }
}
