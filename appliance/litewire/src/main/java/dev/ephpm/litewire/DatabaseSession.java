package dev.ephpm.litewire;

import dev.ephpm.litewire.sqlite.JoinedWrite;
import dev.ephpm.litewire.sqlite.SqliteConnection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * One session's access to its site's data. At most one connection is held at a time, so sessions cannot wait for each other in
 * a circle. One thread at a time, except {@link #interrupt()}.
 */
interface DatabaseSession {
    /** A connection with a read transaction open on it: a snapshot of the data. */
    SqliteConnection beginRead() throws SQLException;

    /** A connection without a snapshot, for work that reads no table. To be given back by {@link #commit}. */
    SqliteConnection lendReader() throws SQLException;

    /**
     * The writer with a write transaction open on it, when it is this session's turn. Throws 1205 after the site's lock wait,
     * 1317 when interrupted.
     *
     * @param foreignKeys whether references are checked
     */
    SqliteConnection beginWrite(boolean foreignKeys) throws SQLException;

    /**
     * Does a write that is a transaction of its own, when it is this session's turn or together with others. Throws what it
     * fails with, and what {@link #beginWrite} throws.
     */
    void write(JoinedWrite write) throws SQLException;

    /** The writer without a transaction, for plans that begin and end their own. Waits as {@link #beginWrite} does. */
    SqliteConnection lendWriter() throws SQLException;

    /** Commits what was begun and gives the connection back, in any case. */
    void commit() throws SQLException;

    /** Undoes what was begun and keeps the connection. */
    void undo();

    /** Undoes what was begun and gives the connection back. */
    void rollback();

    /** How long to wait for the writer from now on. */
    void lockWait(Duration wait);

    /** Nanoseconds spent waiting for the writer since the last call. */
    long takeLockNanos();

    /** Makes a running statement or a wait for the writer end with 1317. Any thread may call it. */
    void interrupt();
}
