package dev.ephpm.litewire.protocol;

import java.time.Duration;

/** When the connection's present wait ends; read by the thread that closes late connections. */
final class Deadline {
    private static final long NEVER = Long.MAX_VALUE;

    private volatile long nanos = NEVER;

    void in(Duration wait) {
        nanos = System.nanoTime() + wait.toNanos();
    }

    void never() {
        nanos = NEVER;
    }

    boolean passed(long nowNanos) {
        long end = nanos;
        return end != NEVER && nowNanos - end > 0;
    }
}
