package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.SQLException;
import java.util.List;

/** Makes several SQLite statements fail or succeed as the one MySQL statement they stand for. */
final class StatementSavepoint {
    private static final String NAME = "\"~statement\"";

    private StatementSavepoint() {}

    /** Work that may fail half-way. */
    interface Work {
        void run() throws SQLException;
    }

    static void around(SqliteHandle database, Work work) throws SQLException {
        var _ = database.update("SAVEPOINT " + NAME, List.of());
        try {
            work.run();
        } catch (SQLException | RuntimeException e) {
            undo(database, e);
            throw e;
        }
        var _ = database.update("RELEASE " + NAME, List.of());
    }

    private static void undo(SqliteHandle database, Exception reason) {
        try {
            var _ = database.update("ROLLBACK TO " + NAME, List.of());
            var _ = database.update("RELEASE " + NAME, List.of());
        } catch (SQLException e) {
            // SQLite has rolled the whole transaction back already.
            reason.addSuppressed(e);
        }
    }
}
