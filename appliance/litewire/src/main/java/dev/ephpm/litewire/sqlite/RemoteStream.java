package dev.ephpm.litewire.sqlite;

import java.util.List;

/**
 * A connection to the server that holds the only writable copy of a site's database: Hrana to sqld, in the home region. A
 * transaction lives and dies with its stream. One thread at a time, except {@link #cancel()}.
 */
public interface RemoteStream extends AutoCloseable {
    /**
     * Runs the steps in one round trip, in order, each only if the one before it succeeded; gives as many results as there are
     * steps. Waits for a bounded time. Throws {@link RemoteException} for the first step that failed.
     */
    List<RemoteResult> run(List<RemoteStep> steps) throws RemoteException;

    /** Whether a transaction is open: the server ends one by itself after some errors. */
    boolean inTransaction() throws RemoteException;

    /** Makes a run that is under way end soon. Any thread may call it. */
    void cancel();

    /** Ends the stream; an open transaction is rolled back. Never fails: a server that cannot be reached forgets it by itself. */
    @Override
    void close();
}
