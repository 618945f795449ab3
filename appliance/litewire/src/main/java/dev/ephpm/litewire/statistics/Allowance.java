package dev.ephpm.litewire.statistics;

/** A token bucket: so many at once, and so many more every second. Thread-safe. */
final class Allowance {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double most;
    private double left;
    private long filledNanos;
    private boolean used;

    Allowance(double perSecond, double most) {
        this.perSecond = perSecond;
        this.most = most;
        this.left = most;
    }

    synchronized boolean take(long nowNanos) {
        if (used) {
            left = Math.min(most, left + (nowNanos - filledNanos) / NANOS * perSecond);
        }
        used = true;
        filledNanos = nowNanos;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
