package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The gate of a site whose home is elsewhere. sqld's replica deletes its file and builds it anew whenever the log changes;
 * meanwhile old handles read the unlinked file for ever, and new ones see empty and then older states. This class keeps all
 * of that from readers.
 *
 * <p>Until {@link #headSeen} was called once, nothing is admitted.
 */
public final class ReplicaGate implements ReadGate {
    /** The longest that a read may wait for its reader's position. */
    public static final Duration LONGEST_WAIT = Duration.ofMillis(50);

    private static final long FIRST_PAUSE_NANOS = 100_000;
    private static final long LONGEST_PAUSE_NANOS = 2_000_000;

    private final LogFiles files;
    private final long waitNanos;
    private volatile @Nullable FirstHead firstHead;

    /** The log that the home uses, and where it ended when this node first heard of it. */
    private record FirstHead(UUID log, @Nullable Long frame) {}

    /**
     * @param files of the site's directory under the replica
     * @param longestWait for a reader's position, at most {@link #LONGEST_WAIT}
     */
    public ReplicaGate(LogFiles files, Duration longestWait) {
        this.files = requireNonNull(files, "files is null");
        if (longestWait.isNegative() || longestWait.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("a read waits between 0 and " + LONGEST_WAIT + ": " + longestWait);
        }
        waitNanos = longestWait.toNanos();
    }

    /** Tells the gate what the home just said of its log. Only the first of each log matters. */
    public void headSeen(Head head) {
        FirstHead known = firstHead;
        if (known == null || !known.log.equals(head.log())) {
            firstHead = new FirstHead(head.log(), head.frame());
        }
    }

    /** The site has a new home: admits nothing until that one has been heard. */
    public void homeChanged() {
        firstHead = null;
    }

    /** How far the copy has got; empty before its first frame and while it starts anew. */
    public Optional<Position> position() {
        return files.replicaPosition();
    }

    @Override
    public Optional<FileIdentity> identity() {
        return Optional.ofNullable(files.identity());
    }

    @Override
    public Admission admit(FileIdentity opened, @Nullable Position seen) {
        requireNonNull(opened, "opened is null");
        Admission first = look(opened, seen);
        if (first != Admission.BEHIND_READER || waitNanos == 0) {
            return first;
        }
        long deadline = System.nanoTime() + waitNanos;
        long pause = FIRST_PAUSE_NANOS;
        Admission latest = first;
        for (long left = waitNanos;
                latest == Admission.BEHIND_READER && left > 0;
                left = deadline - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return latest;
            }
            LockSupport.parkNanos(this, Math.min(pause, left));
            pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
            latest = look(opened, seen);
        }
        return latest;
    }

    private Admission look(FileIdentity opened, @Nullable Position seen) {
        FirstHead home = firstHead;
        // The position is read before the identity: a file replaced in between is noticed, the other way round it is
        // not.
        Position here = files.replicaPosition().orElse(null);
        FileIdentity now = files.identity();
        if (now == null) {
            return Admission.NOT_HERE;
        }
        if (!now.equals(opened)) {
            return Admission.REPLACED;
        }
        if (home == null || here == null) {
            return Admission.NOT_HERE;
        }
        if (!here.log().equals(home.log)) {
            return Admission.OTHER_LOG;
        }
        if (home.frame != null && here.frame() < home.frame) {
            return Admission.TOO_OLD;
        }
        return compare(here, seen);
    }

    private static Admission compare(Position here, @Nullable Position seen) {
        if (seen == null) {
            return Admission.ADMITTED;
        }
        if (!here.log().equals(seen.log())) {
            return Admission.FOREIGN_POSITION;
        }
        return here.frame() >= seen.frame() ? Admission.ADMITTED : Admission.BEHIND_READER;
    }
}
