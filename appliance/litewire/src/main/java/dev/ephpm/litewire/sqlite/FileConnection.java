package dev.ephpm.litewire.sqlite;

import java.util.Set;
import org.sqlite.SQLiteConnection;

/** A connection to a file of this machine. */
sealed interface FileConnection extends LibraryConnection permits NativeConnection, DriverConnection {
    /** sqlite-jdbc's side of the connection. */
    SQLiteConnection driver();

    /** SQL functions for MySQL that the connection has already. */
    Set<String> functions();

    @Override
    default boolean usable() {
        return true;
    }
}
