package dev.ephpm.walreplication;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The heads that were seen and are not here yet, to tell for how long something has been missing. Not thread-safe. */
final class HeadHistory {
    /** Beyond it the oldest are kept: they are the ones that matter. */
    static final int MOST_HEADS = 64;

    private final Deque<Seen> missing = new ArrayDeque<>();
    private @Nullable Seen newest;

    /**
     * @param committed by the home's clock, if it said so
     */
    private record Seen(long frame, long atNanos, @Nullable Instant committed) {}

    void add(long frame, long nowNanos, @Nullable Instant committed) {
        Seen latest = newest;
        if (latest != null && frame <= latest.frame) {
            return;
        }
        Seen seen = new Seen(frame, nowNanos, committed);
        newest = seen;
        if (missing.size() < MOST_HEADS) {
            missing.add(seen);
        }
    }

    void applied(long frame) {
        while (!missing.isEmpty() && missing.getFirst().frame <= frame) {
            missing.removeFirst();
        }
    }

    void clear() {
        missing.clear();
        newest = null;
    }

    int size() {
        return missing.size();
    }

    /** For how long the oldest missing head has existed, told without comparing two nodes' clocks. */
    Duration waiting(long nowNanos) {
        Seen oldest = missing.peekFirst();
        Seen latest = newest;
        if (oldest == null || latest == null) {
            return Duration.ZERO;
        }
        if (oldest.committed == null || latest.committed == null) {
            return Duration.ofNanos(nowNanos - oldest.atNanos);
        }
        Duration between = Duration.between(oldest.committed, latest.committed);
        Duration time = between.plusNanos(nowNanos - latest.atNanos);
        return time.isNegative() ? Duration.ZERO : time;
    }
}
