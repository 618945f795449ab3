package dev.ephpm.litewire.statistics;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts times in classes whose bounds grow by a half and a third in turn, from 1 µs to half an hour. Thread-safe. */
final class TimeHistogram {
    private static final int CLASSES = 64;

    private final AtomicLongArray counts = new AtomicLongArray(CLASSES);

    void add(long nanos) {
        var _ = counts.getAndIncrement(index(nanos >>> 10));
    }

    /** Two classes for each power of two of micros: [2, 3) and [3, 4), [4, 6) and [6, 8) … */
    private static int index(long micros) {
        if (micros < 2) {
            return micros <= 0 ? 0 : 1;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(micros);
        int half = (int) (micros >>> (exponent - 1)) & 1;
        return Math.min(2 * exponent + half, CLASSES - 1);
    }

    private static long bound(int index) {
        if (index < 2) {
            return (index + 1L) << 10;
        }
        int exponent = index / 2;
        return ((index % 2 == 0 ? 3L : 4L) << (exponent - 1)) << 10;
    }

    long count() {
        long count = 0;
        for (int i = 0; i < CLASSES; i++) {
            count += counts.get(i);
        }
        return count;
    }

    /** The upper bound of the class in which this part of all times has been counted; 0 when nothing has. */
    long percentile(double part) {
        long wanted = (long) Math.ceil(part * count());
        long seen = 0;
        for (int i = 0; i < CLASSES && wanted > 0; i++) {
            seen += counts.get(i);
            if (seen >= wanted) {
                return bound(i);
            }
        }
        return 0;
    }

    /** Adds what another has counted. */
    void add(TimeHistogram other) {
        for (int i = 0; i < CLASSES; i++) {
            long more = other.counts.get(i);
            if (more > 0) {
                counts.addAndGet(i, more);
            }
        }
    }
}
