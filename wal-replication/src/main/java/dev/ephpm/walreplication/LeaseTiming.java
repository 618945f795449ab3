package dev.ephpm.walreplication;

import java.time.Duration;

/**
 * The times of leases, the same on every node.
 *
 * @param duration how long others leave the site alone after they saw the holder's last sign of life
 * @param renewal how often the holder gives one
 * @param drain the longest that a write may take from its admission to its acknowledgement
 * @param clockError how much a node's clock may step or drift, in sum and in either direction, within {@code duration}
 */
public record LeaseTiming(Duration duration, Duration renewal, Duration drain, Duration clockError) {
    /** Writes stop 7 s after the last renewal that worked; another node may take over 11 s after the last that it saw. */
    public static final LeaseTiming DEFAULT = new LeaseTiming(
            Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(1));

    public LeaseTiming {
        if (renewal.isNegative() || renewal.isZero() || drain.isNegative() || clockError.isNegative()) {
            throw new IllegalArgumentException(
                    "the times of a lease are not negative, and that of its renewal is not 0");
        }
        if (renewal.multipliedBy(2).plus(drain).plus(clockError).compareTo(duration) >= 0) {
            throw new IllegalArgumentException("a lease of " + duration
                    + " leaves no room for one lost renewal: two renewals, drain and clock error have to be shorter");
        }
    }

    /** From the sending of a renewal on, writes are admitted for this long. */
    long admissionNanos() {
        return duration.minus(clockError).minus(drain).toNanos();
    }

    /** From the sending of a renewal on, writes are acknowledged for this long. */
    long acknowledgementNanos() {
        return duration.minus(clockError).toNanos();
    }

    /** From the first sight of the latest record on, its holder is left alone for this long. */
    long patienceNanos() {
        return duration.plus(clockError).toNanos();
    }
}
