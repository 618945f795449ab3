package dev.ephpm.sqldmanager;

import org.jspecify.annotations.Nullable;

/** The connection that a stream waits on, so that another thread can end the wait. Any number of threads. */
final class InFlight {
    private @Nullable LoopbackConnection connection;

    synchronized void begin(LoopbackConnection used) {
        connection = used;
    }

    /** From here on the connection may serve somebody else. */
    synchronized void end() {
        connection = null;
    }

    /** The waiting thread sees its connection break. */
    synchronized void cancel() {
        if (connection != null) {
            connection.close();
        }
    }
}
