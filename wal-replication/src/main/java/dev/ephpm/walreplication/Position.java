package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * How far a database has got: the identity of its log and the last committed frame in it. Frames of different logs cannot be
 * compared; a promotion, and sometimes a crash of the primary, begins a new log.
 *
 * @param log identity of the log
 * @param frame number of the last committed frame, not negative
 */
public record Position(UUID log, long frame) {
    public Position {
        requireNonNull(log, "log is null");
        if (frame < 0) {
            throw new IllegalArgumentException("a frame is not negative: " + frame);
        }
    }

    /** Whether a database at this position contains everything that one at {@code other} contains. */
    public boolean reaches(Position other) {
        return log.equals(other.log) && frame >= other.frame;
    }

    @Override
    public String toString() {
        return log + ":" + frame;
    }
}
