package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;

/** A write that is a transaction of its own. It may share SQLite's transaction with others that wait for the writer. */
public interface JoinedWrite {
    /** Whether references are checked. */
    boolean foreignKeys();

    /** Whether others may wait for it to end before they are told that they have succeeded, and it for them. */
    boolean joins();

    /** Runs inside a transaction, on the thread that has the writer, while the one that asked waits. */
    void run(SqliteConnection writer) throws SQLException;

    /** After its changes were undone, inside a transaction that goes on or with none open. */
    void undone(SqliteConnection writer) throws SQLException;
}
