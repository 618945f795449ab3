package dev.ephpm.walreplication;

import java.time.Duration;

/** How much a copy is behind its home. */
public sealed interface Lag {
    /**
     * Copy and home have the same log.
     *
     * @param frames that are missing here; 0 if none
     * @param time how long the oldest missing transaction that was noticed has existed; it may be older by the time between two looks
     */
    record Behind(long frames, Duration time) implements Lag {}

    /** The copy is of another log, or is being built: frames cannot be compared. */
    record Resyncing() implements Lag {}

    /** The home has not been heard yet, or does not answer. */
    record Unknown() implements Lag {}
}
