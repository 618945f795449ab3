package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;
import java.util.Set;

/**
 * What SQL functions of a remote server know of the statement that calls them, and what they say of it. Called on the thread
 * that runs the statement.
 */
public interface RemoteFunctions {
    /** The facts to send before the statement; empty when it calls no function that asks for them. */
    byte[] facts(String sql);

    /**
     * The statement without calls of functions that the server lacks, as far as their values can be known before.
     *
     * @param present functions for MySQL that the server has
     * @param here gives a connection that has all of them
     */
    RemoteStep computed(RemoteStep statement, Set<String> present, SqliteConnection.Local here) throws SQLException;

    /** What the functions left behind: warnings, an insert id. */
    void took(byte[] result);

    /** A function may have failed with an error of its own. */
    void failed(String message);
}
