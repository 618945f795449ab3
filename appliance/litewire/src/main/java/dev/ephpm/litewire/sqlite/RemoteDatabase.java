package dev.ephpm.litewire.sqlite;

/** The writable copy of one site's database, wherever it is. Thread-safe. */
public interface RemoteDatabase {
    /** A new stream. May wait for a bounded time to connect, or do that at the first step. */
    RemoteStream open() throws RemoteException;
}
