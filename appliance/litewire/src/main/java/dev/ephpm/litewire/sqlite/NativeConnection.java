package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteConnection;

/** A connection that the extension guards and through which rows cross. */
final class NativeConnection implements FileConnection {
    private final NativeLibrary library;
    private final SQLiteConnection driver;
    private final long handle;
    private final long snapshots;

    NativeConnection(NativeLibrary library, SQLiteConnection driver, long handle) throws SqliteException {
        this.library = library;
        this.driver = driver;
        this.handle = handle;
        this.snapshots = library.openSnapshots(handle);
        if (snapshots == 0) {
            throw library.error(handle);
        }
    }

    @Override
    public SQLiteConnection driver() {
        return driver;
    }

    @Override
    public Set<String> functions() {
        return library.functions();
    }

    @Override
    public PreparedStatement prepare(String sql) throws SqliteException {
        return new NativeStatement(library, handle, sql);
    }

    @Override
    public long changes() {
        return library.changes(handle);
    }

    @Override
    public long lastInsertRowid() {
        return library.lastInsertRowid(handle);
    }

    @Override
    public boolean inTransaction() {
        return library.inTransaction(handle);
    }

    @Override
    public long beginSnapshot() throws SqliteException {
        long version = library.beginSnapshot(snapshots);
        if (version < 0) {
            throw library.error(handle);
        }
        return version;
    }

    @Override
    public boolean endSnapshot() {
        return library.endSnapshot(snapshots) == ResultCode.OK;
    }

    @Override
    public long logFrames() {
        return library.logFrames(snapshots);
    }

    @Override
    public void interrupt() {
        library.interrupt(handle);
    }

    @Override
    public void busyTimeout(int milliseconds) {
        library.busyTimeout(handle, milliseconds);
    }

    @Override
    public void close() throws SQLException {
        library.closeSnapshots(snapshots);
        driver.close();
    }
}
