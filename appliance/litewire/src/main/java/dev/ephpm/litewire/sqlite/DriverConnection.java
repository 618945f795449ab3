package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/** A connection of sqlite-jdbc. */
final class DriverConnection implements FileConnection {
    private final SQLiteConnection driver;
    private final DB database;
    private final CoreStatement begin;
    private final CoreStatement commit;
    private final DriverStatement lastInsertRowid;
    private final DriverStatement schemaVersion;

    DriverConnection(SQLiteConnection driver) throws SQLException {
        this.driver = driver;
        this.database = driver.getDatabase();
        this.begin = (CoreStatement) driver.prepareStatement("BEGIN");
        this.commit = (CoreStatement) driver.prepareStatement("COMMIT");
        this.lastInsertRowid = new DriverStatement(driver, "SELECT last_insert_rowid()");
        this.schemaVersion = new DriverStatement(driver, "PRAGMA schema_version");
    }

    @Override
    public SQLiteConnection driver() {
        return driver;
    }

    @Override
    public Set<String> functions() {
        return Set.of();
    }

    @Override
    public PreparedStatement prepare(String sql) throws SQLException {
        StatementScreen.check(sql);
        return new DriverStatement(driver, sql);
    }

    @Override
    public long changes() throws SQLException {
        return database.changes();
    }

    @Override
    public long lastInsertRowid() throws SQLException {
        return number(lastInsertRowid);
    }

    private static long number(DriverStatement statement) throws SQLException {
        statement.start(List.of());
        try {
            return statement.step() && statement.value(0) instanceof Long number ? number : 0;
        } finally {
            statement.reset();
        }
    }

    /** Always a new one: whether somebody has committed cannot be seen from here. */
    @Override
    public long beginSnapshot() throws SQLException {
        var _ = endSnapshot();
        int code = run(begin);
        if (code != ResultCode.DONE) {
            throw DriverStatement.error(database, code);
        }
        return number(schemaVersion);
    }

    @Override
    public boolean endSnapshot() {
        if (inTransaction()) {
            try {
                return run(commit) == ResultCode.DONE;
            } catch (SQLException e) {
                throw new IllegalStateException("cannot end a snapshot", e);
            }
        }
        return true;
    }

    @Override
    public long logFrames() {
        return Long.MAX_VALUE;
    }

    /** The driver cannot tell; SQLite refuses a BEGIN exactly when a transaction is open, also after it ended one itself. */
    @Override
    public boolean inTransaction() {
        try {
            if (run(begin) != ResultCode.DONE) {
                return true;
            }
            var _ = run(commit);
            return false;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot ask SQLite for its transaction", e);
        }
    }

    private static int run(CoreStatement statement) throws SQLException {
        return statement.pointer.safeRunInt((db, pointer) -> {
            int code = db.step(pointer);
            var _ = db.reset(pointer);
            return code;
        });
    }

    @Override
    public void interrupt() {
        try {
            database.interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot interrupt SQLite", e);
        }
    }

    @Override
    public void busyTimeout(int milliseconds) {
        try {
            database.busy_timeout(milliseconds);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot set SQLite's patience", e);
        }
    }

    @Override
    public void close() throws SQLException {
        driver.close();
    }
}
