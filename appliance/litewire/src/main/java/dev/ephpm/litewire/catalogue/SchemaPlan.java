package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.SQLException;
import java.util.List;

/**
 * A statement that changes the schema, all or nothing. Foreign keys are not enforced while it runs: rebuilding a table drops
 * the old one, which must not delete the rows that refer to it.
 */
record SchemaPlan(SqlMode mode, Action action) implements Plan {
    @Override
    public Access access() {
        return Access.SCHEMA;
    }

    @Override
    public void run(Execution execution) throws SQLException {
        SqliteHandle database = execution.database();
        boolean enforced = Rows.number(database, "PRAGMA foreign_keys") == 1;
        database.update("PRAGMA foreign_keys = OFF", List.of());
        long affected;
        try {
            affected = transact(execution);
        } finally {
            if (enforced) {
                database.update("PRAGMA foreign_keys = ON", List.of());
            }
        }
        execution.sink().done(affected, 0, "");
    }

    private long transact(Execution execution) throws SQLException {
        SqliteHandle database = execution.database();
        database.update("BEGIN IMMEDIATE", List.of());
        try {
            CatalogueTables.install(database);
            long affected = action.apply(new SchemaChange(execution, mode));
            CatalogueTables.changeVersion(database);
            database.update("COMMIT", List.of());
            return affected;
        } catch (SQLException | RuntimeException e) {
            try {
                database.update("ROLLBACK", List.of());
            } catch (SQLException rollback) {
                e.addSuppressed(rollback);
            }
            throw e;
        }
    }

    /** What the statement does; gives the number of affected rows. */
    @FunctionalInterface
    interface Action {
        long apply(SchemaChange change) throws SQLException;
    }
}
