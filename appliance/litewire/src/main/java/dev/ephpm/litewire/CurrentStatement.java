package dev.ephpm.litewire;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which statement of a session runs, and why it is to end. The session's own thread begins and ends statements; any thread may
 * interrupt. An interruption that comes after its statement has ended has no effect.
 */
final class CurrentStatement {
    private static final Activity NONE = new Activity(Optional.empty(), System.nanoTime(), TimeLimit.NONE);

    private volatile Activity activity = NONE;
    private volatile @Nullable Interruption interruption;

    /**
     * What a session does.
     *
     * @param text of the statement that runs; empty while the session waits for its client
     */
    record Activity(Optional<String> text, long sinceNanos, TimeLimit limit) {}

    private record Interruption(Activity interrupted, SqlErrorCode reason) {}

    Activity activity() {
        return activity;
    }

    void begin(String text, long nowNanos, TimeLimit limit) {
        activity = new Activity(Optional.of(text), nowNanos, limit);
    }

    void end(long nowNanos) {
        activity = new Activity(Optional.empty(), nowNanos, TimeLimit.NONE);
        interruption = null;
    }

    /** Gives whether a statement runs, which will then end with this error. */
    synchronized boolean interrupt(SqlErrorCode reason) {
        return interrupt(activity, reason);
    }

    /** Gives whether the statement that runs had more than its time. */
    synchronized boolean interruptIfLate(long nowNanos) {
        Activity now = activity;
        TimeLimit limit = now.limit();
        return limit.nanos() > 0 && nowNanos - now.sinceNanos() >= limit.nanos() && interrupt(now, limit.error());
    }

    private boolean interrupt(Activity now, SqlErrorCode reason) {
        if (now.text().isEmpty()) {
            return false;
        }
        Interruption before = interruption;
        if (before == null || !before.interrupted().equals(now)) {
            interruption = new Interruption(now, reason);
        }
        notifyAll();
        return true;
    }

    private @Nullable SqlErrorCode reason() {
        Interruption now = interruption;
        return now == null || !isSame(now.interrupted(), activity) ? null : now.reason();
    }

    @SuppressWarnings("ReferenceEquality") // Equal texts at the same moment are still two statements.
    private static boolean isSame(Activity one, Activity other) {
        return one == other;
    }

    /** Whether the statement that runs has been told to end, and has not yet. */
    boolean isInterrupted() {
        return reason() != null;
    }

    /** Throws the reason when the statement is to end. */
    void check() {
        SqlErrorCode reason = reason();
        if (reason != null) {
            throw reason.with();
        }
    }

    /** What the client is told: SQLite does not know why it was interrupted. */
    SqlError told(SqlError error) {
        SqlErrorCode reason = reason();
        return error.code() == SqlErrorCode.QUERY_INTERRUPTED && reason != null ? reason.with() : error;
    }

    /** SLEEP(): an interruption ends it with its error. */
    void sleep(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        synchronized (this) {
            check();
            for (long left = time.toMillis(); left > 0; left = (end - System.nanoTime() + 999_999) / 1_000_000) {
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    throw SqlErrorCode.QUERY_INTERRUPTED.with();
                }
                check();
            }
        }
    }
}
