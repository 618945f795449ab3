package dev.ephpm.litewire.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts the runs of one digest. Adding takes no lock; a reader may see a run half counted. */
final class DigestCounters {
    private final String text;
    private final String hash;
    private final StatementKind kind;
    private final long firstMillis = System.currentTimeMillis();
    private final TimeHistogram times = new TimeHistogram();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder lockNanos = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder rowsSent = new LongAdder();
    private final LongAdder rowsAffected = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
    private final LongAccumulator shortest = new LongAccumulator(Math::min, Long.MAX_VALUE);
    private volatile long lastNanos = System.nanoTime();

    DigestCounters(String text) {
        this.text = text;
        this.hash = DigestText.hash(text);
        this.kind = StatementKind.of(text);
    }

    String text() {
        return text;
    }

    String hash() {
        return hash;
    }

    StatementKind kind() {
        return kind;
    }

    void add(EndedStatement statement, long nowNanos) {
        long time = statement.nanos();
        times.add(time);
        nanos.add(time);
        longest.accumulate(time);
        shortest.accumulate(time);
        if (statement.rowsSent() > 0) {
            rowsSent.add(statement.rowsSent());
        }
        if (statement.rowsAffected() > 0) {
            rowsAffected.add(statement.rowsAffected());
        }
        if (statement.lockNanos() > 0) {
            lockNanos.add(statement.lockNanos());
        }
        if (statement.error() != 0) {
            errors.increment();
        }
        lastNanos = nowNanos;
    }

    /** Takes over what another has counted. */
    void add(DigestCounters other) {
        times.add(other.times);
        nanos.add(other.nanos.sum());
        longest.accumulate(other.longest.get());
        shortest.accumulate(other.shortest.get());
        rowsSent.add(other.rowsSent.sum());
        rowsAffected.add(other.rowsAffected.sum());
        lockNanos.add(other.lockNanos.sum());
        errors.add(other.errors.sum());
        lastNanos = Math.max(lastNanos, other.lastNanos);
    }

    /** By {@link System#nanoTime()}. */
    long lastNanos() {
        return lastNanos;
    }

    long count() {
        return times.count();
    }

    long nanos() {
        return nanos.sum();
    }

    Digest read() {
        long now = System.nanoTime();
        long count = count();
        Duration most = Duration.ofNanos(longest.get());
        return new Digest(
                hash,
                text,
                count,
                errors.sum(),
                Duration.ofNanos(nanos.sum()),
                Duration.ofNanos(count == 0 ? 0 : shortest.get()),
                most,
                Duration.ofNanos(Math.min(times.percentile(0.5), longest.get())),
                Duration.ofNanos(Math.min(times.percentile(0.95), longest.get())),
                Duration.ofNanos(lockNanos.sum()),
                rowsSent.sum(),
                rowsAffected.sum(),
                Instant.ofEpochMilli(firstMillis),
                Instant.now().minusNanos(Math.max(0, now - lastNanos)));
    }
}
