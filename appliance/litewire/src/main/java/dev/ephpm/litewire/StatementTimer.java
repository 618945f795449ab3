package dev.ephpm.litewire;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends statements with a short time limit to the millisecond. Longer limits are left to the node's watch, which looks once a
 * second, because a timer per statement would cost more than most statements. Thread-safe.
 */
final class StatementTimer implements AutoCloseable {
    static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("litewire-timer").factory());

    StatementTimer() {
        thread.setRemoveOnCancelPolicy(true);
    }

    /** To be cancelled when the statement has ended; null when there is nothing to cancel. */
    @Nullable
    Future<?> start(TimeLimit limit, Runnable late) {
        return limit.nanos() <= 0 || limit.nanos() > LONGEST_NANOS
                ? null
                : thread.schedule(late, limit.nanos(), TimeUnit.NANOSECONDS);
    }

    /** Runs something again and again until it is cancelled, on threads of its own, so that it may take its time. */
    Future<?> every(Duration time, Runnable work) {
        return thread.scheduleWithFixedDelay(
                () -> Thread.startVirtualThread(work), time.toNanos(), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
