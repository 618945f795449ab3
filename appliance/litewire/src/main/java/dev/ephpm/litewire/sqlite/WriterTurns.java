package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the writer, in the order of asking. Whoever has it may do the writes of those who are next as well. Thread-safe;
 * no more wait than there are sessions, whose number is limited.
 */
final class WriterTurns {
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private boolean taken;

    private enum State {
        WAITING,
        /** The writer is this turn's. */
        MINE,
        /** Somebody else does the write. */
        JOINED,
        DONE
    }

    /** One request for the writer, of the thread that made it. */
    static final class Turn {
        private final Thread thread = Thread.currentThread();
        private final @Nullable JoinedWrite write;
        private volatile State state;
        private @Nullable Throwable failure;

        private Turn(@Nullable JoinedWrite write, State state) {
            this.write = write;
            this.state = state;
        }

        /** Whether somebody else has done the write; throws what it failed with. */
        boolean isDone() throws SQLException {
            if (state != State.DONE) {
                return false;
            }
            return switch (failure) {
                case null -> true;
                case SQLException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(failure);
            };
        }

        /** The write of a turn that was joined. */
        JoinedWrite write() {
            if (write == null) {
                throw new IllegalStateException("this turn wants the writer for itself");
            }
            return write;
        }
    }

    /** @param write what others may do for this turn, null when nothing */
    synchronized Turn ask(@Nullable JoinedWrite write) {
        if (!taken) {
            taken = true;
            return new Turn(write, State.MINE);
        }
        Turn turn = new Turn(write, State.WAITING);
        waiting.add(turn);
        return turn;
    }

    /** Whether there is something to wait for. */
    static boolean mustWait(Turn turn) {
        return turn.state == State.WAITING || turn.state == State.JOINED;
    }

    /** Waits until the writer is this turn's or its write is done. A write that has begun is waited for beyond the limit. */
    void await(Turn turn, Duration limit) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + limit.toNanos();
        while (mustWait(turn)) {
            if (turn.state == State.JOINED) {
                LockSupport.park(this);
                // Whoever interrupts a write that runs interrupts SQLite.
                var _ = Thread.interrupted();
                continue;
            }
            long left = end - System.nanoTime();
            if (left <= 0 && leave(turn)) {
                throw new TimeoutException("the writer was busy for " + limit);
            }
            LockSupport.parkNanos(this, Math.max(1, left));
            if (Thread.interrupted() && leave(turn)) {
                throw new InterruptedException();
            }
        }
    }

    private synchronized boolean leave(Turn turn) {
        return turn.state == State.WAITING && waiting.remove(turn);
    }

    /** The next turn, when its write can be done by whoever has the writer now; {@link #done} is to follow. */
    synchronized @Nullable Turn join(boolean foreignKeys) {
        Turn next = waiting.peekFirst();
        if (next == null || next.write == null || next.write.foreignKeys() != foreignKeys) {
            return null;
        }
        waiting.removeFirst();
        next.state = State.JOINED;
        return next;
    }

    /** Tells the one who asked. */
    static void done(Turn turn, @Nullable Throwable failure) {
        turn.failure = failure;
        turn.state = State.DONE;
        LockSupport.unpark(turn.thread);
    }

    /** Passes the writer on to the next. */
    void pass() {
        Turn next;
        synchronized (this) {
            next = waiting.pollFirst();
            taken = next != null;
            if (next != null) {
                next.state = State.MINE;
            }
        }
        if (next != null) {
            LockSupport.unpark(next.thread);
        }
    }

    synchronized int waiting() {
        return waiting.size();
    }
}
