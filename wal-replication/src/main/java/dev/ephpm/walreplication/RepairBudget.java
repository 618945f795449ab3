package dev.ephpm.walreplication;

import java.time.Duration;

/**
 * How often a replica process may be restarted because a copy is stuck: each time twice as long after the last one, and only so
 * many times until something has moved again. Not thread-safe.
 */
final class RepairBudget {
    static final int MOST_REPAIRS = 6;
    static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private int repairs;
    private long total;
    private long lastNanos;

    boolean allows(long nowNanos) {
        return repairs == 0 || (repairs < MOST_REPAIRS && nowNanos - lastNanos >= pause().toNanos());
    }

    boolean isSpent() {
        return repairs >= MOST_REPAIRS;
    }

    void spend(long nowNanos) {
        repairs++;
        total++;
        lastNanos = nowNanos;
    }

    /** Nothing is stuck: the repair has worked. */
    void refill() {
        repairs = 0;
    }

    long total() {
        return total;
    }

    private Duration pause() {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << (repairs - 1));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
