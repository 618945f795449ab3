package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Follows one site's copy. Time is given; nothing is asked here. Not thread-safe. */
final class ReplicaWatch {
    /** After a cut that nobody told it of, a replica waits for its home for ever. */
    static final Duration STUCK_AFTER = Duration.ofSeconds(10);
    /** While a copy is being built, nothing shows its progress; large ones take their time. */
    static final Duration STUCK_IN_RESYNC_AFTER = Duration.ofMinutes(2);

    private final HeadHistory history = new HeadHistory();
    private @Nullable Head head;
    private @Nullable Position applied;
    private @Nullable String silence;
    private long progressNanos;

    ReplicaWatch(long nowNanos) {
        progressNanos = nowNanos;
    }

    /** @param committed when the head was committed, by the home's clock, if known */
    void observe(Head latest, @Nullable Position here, long nowNanos, @Nullable Instant committed) {
        boolean answersAgain = silence != null;
        boolean otherLog = head == null || !head.log().equals(latest.log());
        boolean moved = here != null && !here.equals(applied);
        head = requireNonNull(latest, "latest is null");
        applied = here;
        silence = null;
        if (otherLog) {
            history.clear();
        }
        if (latest.frame() != null) {
            history.add(latest.frame(), nowNanos, committed);
        }
        if (here != null && here.log().equals(latest.log())) {
            history.applied(here.frame());
        }
        if (answersAgain || otherLog || moved || isCaughtUp()) {
            progressNanos = nowNanos;
        }
    }

    void silent(String reason) {
        silence = reason;
    }

    /** The replica was restarted and gets its time anew. */
    void restarted(long nowNanos) {
        progressNanos = nowNanos;
    }

    /** Whether asking when the head was committed would make the lag more exact. */
    boolean wantsCommitTime(Head latest, @Nullable Position here) {
        return latest.frame() != null
                && here != null
                && here.log().equals(latest.log())
                && here.frame() < latest.frame()
                && (head == null || !latest.frame().equals(head.frame()));
    }

    ReplicaStatus status(long nowNanos) {
        return new ReplicaStatus(
                health(nowNanos),
                lag(nowNanos),
                Optional.ofNullable(head).flatMap(Head::position),
                Optional.ofNullable(applied),
                Optional.ofNullable(silence));
    }

    private ReplicaHealth health(long nowNanos) {
        if (silence != null || head == null) {
            return ReplicaHealth.HOME_SILENT;
        }
        if (isCaughtUp()) {
            return ReplicaHealth.CAUGHT_UP;
        }
        boolean resyncing = isResyncing(head.log());
        Duration patience = resyncing ? STUCK_IN_RESYNC_AFTER : STUCK_AFTER;
        if (nowNanos - progressNanos >= patience.toNanos()) {
            return ReplicaHealth.STUCK;
        }
        return resyncing ? ReplicaHealth.RESYNCING : ReplicaHealth.BEHIND;
    }

    private Lag lag(long nowNanos) {
        if (silence != null || head == null) {
            return new Lag.Unknown();
        }
        if (isCaughtUp()) {
            return new Lag.Behind(0, Duration.ZERO);
        }
        Position here = applied;
        Long end = head.frame();
        if (here == null || end == null || isResyncing(head.log())) {
            return new Lag.Resyncing();
        }
        return new Lag.Behind(end - here.frame(), history.waiting(nowNanos));
    }

    private boolean isCaughtUp() {
        if (head == null) {
            return false;
        }
        Position end = head.position().orElse(null);
        return end == null || (applied != null && applied.reaches(end));
    }

    private boolean isResyncing(UUID log) {
        return applied == null || !applied.log().equals(log);
    }
}
