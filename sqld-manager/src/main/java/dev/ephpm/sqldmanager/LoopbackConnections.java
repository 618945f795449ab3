package dev.ephpm.sqldmanager;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Kept-alive connections to one sqld. Those to a start of it that is over are dropped. */
final class LoopbackConnections implements Closeable {
    private static final int MOST_IDLE = 64;

    private final Supplier<Endpoint> endpoint;
    private final int bodyLimit;
    private final Semaphore free;
    private final Deque<LoopbackConnection> idle = new ArrayDeque<>();
    private @Nullable Endpoint current;

    /**
     * @param endpoint where sqld is now; throws when it is nowhere
     * @param most connections at once, below sqld's own limit
     */
    LoopbackConnections(Supplier<Endpoint> endpoint, int most, int bodyLimit) {
        this.endpoint = endpoint;
        this.bodyLimit = bodyLimit;
        this.free = new Semaphore(most);
    }

    /** A connection that was not closed by the other side a moment ago, with where it leads. */
    Lease borrow() {
        if (!free.tryAcquire()) {
            throw new SqldException(
                    SqldException.Reason.OVERLOADED, "all connections to " + endpoint.get() + " are in use");
        }
        try {
            Endpoint target = endpoint.get();
            LoopbackConnection kept = kept(target);
            return new Lease(target, kept == null ? LoopbackConnection.open(target, bodyLimit) : kept);
        } catch (IOException e) {
            free.release();
            throw new SqldException(SqldException.Reason.UNREACHABLE, "cannot connect to sqld: " + e.getMessage(), e);
        } catch (SqldException e) {
            free.release();
            throw e;
        }
    }

    private @Nullable LoopbackConnection kept(Endpoint target) {
        while (true) {
            LoopbackConnection candidate;
            synchronized (idle) {
                if (!target.equals(current)) {
                    idle.forEach(LoopbackConnection::close);
                    idle.clear();
                    current = target;
                }
                candidate = idle.pollFirst();
            }
            if (candidate == null || !candidate.isSpent()) {
                return candidate;
            }
            candidate.close();
        }
    }

    private void giveBack(Lease lease, boolean reusable) {
        free.release();
        if (reusable) {
            synchronized (idle) {
                if (lease.endpoint.equals(current) && idle.size() < MOST_IDLE) {
                    idle.addFirst(lease.connection);
                    return;
                }
            }
        }
        lease.connection.close();
    }

    @Override
    public void close() {
        synchronized (idle) {
            idle.forEach(LoopbackConnection::close);
            idle.clear();
            current = null;
        }
    }

    /** A connection in use by one caller, until it is closed. */
    final class Lease implements Closeable {
        private final Endpoint endpoint;
        private final LoopbackConnection connection;
        private boolean reusable = true;

        private Lease(Endpoint endpoint, LoopbackConnection connection) {
            this.endpoint = endpoint;
            this.connection = connection;
        }

        Endpoint endpoint() {
            return endpoint;
        }

        LoopbackConnection connection() {
            return connection;
        }

        /** An exchange failed: its answer may still come. */
        void spoil() {
            reusable = false;
        }

        @Override
        public void close() {
            giveBack(this, reusable);
        }
    }
}
