package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;

/** An open connection as a {@link SqliteLibrary} reaches it. One thread at a time, except {@link #interrupt()}. */
sealed interface LibraryConnection permits FileConnection, RemoteConnection {
    /** Prepares exactly one statement. */
    PreparedStatement prepare(String sql) throws SQLException;

    /** Rows changed by the last INSERT, UPDATE or DELETE. */
    long changes() throws SQLException;

    long lastInsertRowid() throws SQLException;

    boolean inTransaction();

    /** False when it has lost its server and is to be closed. */
    boolean usable();

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
