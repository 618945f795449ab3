package dev.ephpm.litewire.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the statements of one site have cost since the node started, for metrics, SHOW STATUS and the Node API. Thread-safe;
 * counting takes no lock.
 */
public final class SiteStatistics {
    /** Digests kept of one site. */
    static final int MOST_DIGESTS = 200;

    private static final double LINES_PER_SECOND = 1;
    private static final double LINES_AT_ONCE = 10;

    /** Digests kept of a site nobody uses now. */
    private static final int RESTING_DIGESTS = 20;

    private final String site;
    private final DigestTable digests = new DigestTable(MOST_DIGESTS);
    private final boolean keepsDigests;
    private final LongAdder statements = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder lockNanos = new LongAdder();
    private final LongAdder rowsSent = new LongAdder();
    private final Allowance logged = new Allowance(LINES_PER_SECOND, LINES_AT_ONCE);
    private final AtomicLong notLogged = new AtomicLong();

    /** @param keepsDigests whether statements are told apart */
    public SiteStatistics(String site, boolean keepsDigests) {
        this.site = site;
        this.keepsDigests = keepsDigests;
    }

    public String site() {
        return site;
    }

    /** Counts a statement. */
    public void add(EndedStatement statement, boolean isSlow) {
        statements.increment();
        nanos.add(statement.nanos());
        if (statement.rowsSent() > 0) {
            rowsSent.add(statement.rowsSent());
        }
        if (statement.lockNanos() > 0) {
            lockNanos.add(statement.lockNanos());
        }
        if (statement.error() != 0) {
            errors.increment();
        }
        if (isSlow) {
            slow.increment();
        }
        if (keepsDigests) {
            digests.of(statement.shape()).add(statement, System.nanoTime());
        }
    }

    /** Whether one more line may be logged; one that may not is counted. */
    boolean mayLog() {
        boolean may = logged.take(System.nanoTime());
        if (!may) {
            notLogged();
        }
        return may;
    }

    void notLogged() {
        notLogged.incrementAndGet();
    }

    /** How many lines were not logged since the last call. */
    long takeNotLogged() {
        return notLogged.getAndSet(0);
    }

    /** Frees most of the memory while the site is not used. */
    public void rest() {
        digests.shrinkTo(RESTING_DIGESTS);
    }

    /** The digests that took the most time together, at most {@code count}. */
    public List<Digest> top(int count) {
        return digests.all().stream()
                .sorted(Comparator.comparingLong(DigestCounters::nanos).reversed())
                .limit(count)
                .map(DigestCounters::read)
                .toList();
    }

    /** Statements by kind, for SHOW STATUS; empty without digests. */
    public Map<StatementKind, Long> kinds() {
        return digests.kinds();
    }

    public long statements() {
        return statements.sum();
    }

    /** Statements answered with an error. */
    public long errors() {
        return errors.sum();
    }

    /** Statements above the threshold. */
    public long slow() {
        return slow.sum();
    }

    /** Nanoseconds all statements took. */
    public long nanos() {
        return nanos.sum();
    }

    /** Nanoseconds statements waited for the site's writer. */
    public long lockNanos() {
        return lockNanos.sum();
    }

    public long rowsSent() {
        return rowsSent.sum();
    }
}
