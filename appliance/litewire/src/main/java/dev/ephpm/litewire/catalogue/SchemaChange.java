package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Session;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.Warnings;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** One statement changing the schema, inside its transaction. */
final class SchemaChange {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Execution execution;
    private final SqlMode mode;
    private Schema schema;
    private long records = -1;

    SchemaChange(Execution execution, SqlMode mode) throws SQLException {
        this.execution = execution;
        this.mode = mode;
        this.schema =
                Catalogue.load(execution.database()).seenBy(execution.session().connectionId());
    }

    Execution execution() {
        return execution;
    }

    SqliteHandle database() {
        return execution.database();
    }

    Session session() {
        return execution.session();
    }

    SqlMode mode() {
        return mode;
    }

    Schema schema() {
        return schema;
    }

    /** Reads the schema again after a part of the statement is done. */
    void refresh() throws SQLException {
        schema = Catalogue.load(database()).seenBy(session().connectionId());
    }

    String databaseName() {
        return session().databaseName();
    }

    boolean checksForeignKeys() {
        return session()
                .variables()
                .get("foreign_key_checks")
                .map(v -> v.equals("ON") || v.equals("1"))
                .orElse(true);
    }

    /** UTC time of the statement as the catalogue stores it. */
    String now() {
        return TIME.format(Instant.EPOCH.plus(session().statementMicros(), ChronoUnit.MICROS));
    }

    /** The client is told of records that were looked at, even of none. */
    void countRecords(long count) {
        records = count;
    }

    /** What the OK packet says beside the number of affected rows. */
    String info() {
        return records < 0
                ? ""
                : "Records: " + records + "  Duplicates: 0  Warnings: "
                        + session().warnings().count();
    }

    void note(SqlErrorCode code, Object... arguments) {
        session()
                .warnings()
                .add(
                        Warnings.Level.NOTE,
                        code.number(),
                        String.valueOf(code.with(arguments).getMessage()));
    }

    void warn(SqlErrorCode code, Object... arguments) {
        session()
                .warnings()
                .add(
                        Warnings.Level.WARNING,
                        code.number(),
                        String.valueOf(code.with(arguments).getMessage()));
    }

    void update(String sql, Object... parameters) throws SQLException {
        database().update(sql, Rows.list(parameters));
    }

    /** The name as given, once its database is known to be the site's. Throws 1046 and 1049. */
    String own(TokenReader.QualifiedName name) {
        if (name.database().isEmpty()) {
            if (session().currentDatabase().isEmpty()) {
                throw SqlErrorCode.NO_DATABASE_SELECTED.with();
            }
        } else if (!name.database().equals(databaseName())) {
            throw SqlErrorCode.UNKNOWN_DATABASE.with(name.database());
        }
        return name.name();
    }

    /** The table or view, or 1146. */
    Table existing(TokenReader.QualifiedName name) {
        if (!name.database().isEmpty() && !name.database().equals(databaseName())) {
            throw SqlErrorCode.NO_SUCH_TABLE.with(name.database(), name.name());
        }
        String table = own(name);
        return schema.table(table).orElseThrow(() -> SqlErrorCode.NO_SUCH_TABLE.with(databaseName(), table));
    }

    /** SQLite's names ignore case, so a table that differs in case only is in the way, too. */
    Optional<Table> inTheWay(String name) {
        return schema.tables().values().stream()
                .filter(t -> t.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** What the session's temporary table of that name is called in the file. Throws 1103 for names that cannot be. */
    String temporaryName(String name) {
        TableBuilder.requireTableName(name);
        return TemporaryTables.stored(session().connectionId(), name);
    }

    /** Throws 1050 when the name is taken and 1103 when it is reserved. */
    void requireFree(String name) {
        TableBuilder.requireTableName(name);
        if (CatalogueTables.isHidden(name) || TemporaryTables.isStored(name)) {
            throw SqlErrorCode.INCORRECT_TABLE_NAME.with(name);
        }
        if (inTheWay(name).isPresent()) {
            throw SqlErrorCode.TABLE_EXISTS.with(name);
        }
    }

    /** Tables other than the given ones whose foreign keys reference the table. */
    List<Table> referencing(String table, List<String> except) {
        return schema.tables().values().stream()
                .filter(t -> !t.name().equals(table) && !except.contains(t.name()))
                .filter(t -> t.foreignKeys().stream()
                        .anyMatch(f -> f.referencedTable().equals(table)))
                .toList();
    }
}
