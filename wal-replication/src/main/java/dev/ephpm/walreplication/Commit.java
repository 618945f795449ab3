package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A transaction in a log.
 *
 * @param frame number of its last frame
 * @param at when it was committed, by the primary's clock
 */
public record Commit(long frame, Instant at) {
    public Commit {
        requireNonNull(at, "at is null");
    }
}
