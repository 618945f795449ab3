package dev.ephpm.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket kept as one number: the moment at which the bucket would be full again. Shared by all event loops, never
 * blocks.
 */
final class RateLimit {
    private final long nanosPerRequest;
    private final long toleranceNanos;
    private final AtomicLong fullAt;

    /**
     * @param perSecond at least 1
     * @param burst requests that may come at once; at least 1
     */
    RateLimit(int perSecond, int burst, long nowNanos) {
        this.nanosPerRequest = Math.max(1, 1_000_000_000L / perSecond);
        this.toleranceNanos = nanosPerRequest * Math.max(1, burst);
        this.fullAt = new AtomicLong(nowNanos);
    }

    boolean tryTake(long nowNanos) {
        while (true) {
            long full = fullAt.get();
            long next = (full - nowNanos > 0 ? full : nowNanos) + nanosPerRequest;
            if (next - nowNanos > toleranceNanos) {
                return false;
            }
            if (fullAt.compareAndSet(full, next)) {
                return true;
            }
        }
    }

    /** Whole seconds after which a request has a chance again; at least 1. */
    long retryAfterSeconds(long nowNanos) {
        long wait = fullAt.get() + nanosPerRequest - nowNanos - toleranceNanos;
        return Math.max(1, (wait + 999_999_999L) / 1_000_000_000L);
    }
}
