package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteConnection;

/** An open connection as a {@link SqliteLibrary} reaches it. One thread at a time, except {@link #interrupt()}. */
sealed interface LibraryConnection permits NativeConnection, DriverConnection {
    /** sqlite-jdbc's side of the connection. */
    SQLiteConnection driver();

    /** SQL functions for MySQL that the connection has already. */
    Set<String> functions();

    /** Prepares exactly one statement. */
    PreparedStatement prepare(String sql) throws SQLException;

    /** Rows changed by the last INSERT, UPDATE or DELETE. */
    long changes() throws SQLException;

    long lastInsertRowid() throws SQLException;

    boolean inTransaction();

    /**
     * Begins a read transaction that shows the newest state, or goes on with the last one when nobody has committed since.
     * Gives the schema version in it.
     */
    long beginSnapshot() throws SQLException;

    /** Ends what {@link #beginSnapshot} began; false when SQLite does not let it go. */
    boolean endSnapshot();

    /** Frames in the write-ahead log, or more when nobody knows. */
    long logFrames();

    /** Any thread may call it while the connection is open. */
    void interrupt();

    void busyTimeout(int milliseconds);

    /** After all statements have been closed. */
    void close() throws SQLException;
}
