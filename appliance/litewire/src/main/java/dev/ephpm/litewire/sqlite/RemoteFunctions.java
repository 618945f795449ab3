package dev.ephpm.litewire.sqlite;

/**
 * What SQL functions of a remote server know of the statement that calls them, and what they say of it. Called on the thread
 * that runs the statement.
 */
public interface RemoteFunctions {
    /** The facts to send before the statement; empty when it calls no function that asks for them. */
    byte[] facts(String sql);

    /** What the functions left behind: warnings, an insert id. */
    void took(byte[] result);

    /** A function may have failed with an error of its own. */
    void failed(String message);
}
