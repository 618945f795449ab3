package dev.ephpm.walreplication;

import org.jspecify.annotations.Nullable;

/** What one node knows of one site's lease. Times are of the node's own clock. */
sealed interface LeaseState {
    /** Nothing was read yet. */
    record Unknown() implements LeaseState {}

    /** The store has no record, and had none at that time; the last epoch that this node has heard of, or 0. */
    record Vacant(long sinceNanos, long lastEpoch) implements LeaseState {}

    /** The store has this record, and had it already at that time. */
    record Watched(LeaseRecord record, long sinceNanos) implements LeaseState {}

    /** This node holds it, by a record whose writing began at that time. */
    record Held(LeaseRecord record, long sentNanos) implements LeaseState {}

    /** The last epoch that this node has heard of, or 0. */
    default long lastEpoch() {
        return switch (this) {
            case Unknown() -> 0;
            case Vacant(long _, long lastEpoch) -> lastEpoch;
            case Watched(LeaseRecord record, long _) -> record.epoch();
            case Held(LeaseRecord record, long _) -> record.epoch();
        };
    }

    /** The record that a change has to replace. */
    default @Nullable LeaseRecord stored() {
        return switch (this) {
            case Unknown() -> null;
            case Vacant(long _, long _) -> null;
            case Watched(LeaseRecord record, long _) -> record;
            case Held(LeaseRecord record, long _) -> record;
        };
    }
}
