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
        Done done;
        try {
            done = transact(execution);
        } finally {
            if (enforced) {
                database.update("PRAGMA foreign_keys = ON", List.of());
            }
        }
        execution.sink().done(done.affected(), 0, done.info());
    }

    private Done transact(Execution execution) throws SQLException {
        SqliteHandle database = execution.database();
        database.update("BEGIN IMMEDIATE", List.of());
        try {
            CatalogueTables.install(database);
            SchemaChange change = new SchemaChange(execution, mode);
            long affected = action.apply(change);
            CatalogueTables.changeVersion(database);
            database.update("COMMIT", List.of());
            return new Done(affected, change.info());
        } catch (SQLException | RuntimeException e) {
            try {
                database.update("ROLLBACK", List.of());
            } catch (SQLException rollback) {
                e.addSuppressed(rollback);
            }
            throw e;
        }
    }

    private record Done(long affected, String info) {}

    /** What the statement does; gives the number of affected rows. */
    @FunctionalInterface
    interface Action {
        long apply(SchemaChange change) throws SQLException;
    }
}
