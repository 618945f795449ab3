package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

/** The right to run one write. It has to be asked again between the database's commit and the client's acknowledgement. */
public final class WritePermit {
    private final Lease lease;
    private final long epoch;

    WritePermit(Lease lease, long epoch) {
        this.lease = requireNonNull(lease, "lease is null");
        this.epoch = epoch;
    }

    /** The tenure in which the write was admitted. */
    public long epoch() {
        return epoch;
    }

    /**
     * Whether the client may be told that the write is done. If not, it has to be told that the outcome is unknown: this node
     * may have slept, and another one may be the home by now.
     */
    public boolean mayAcknowledge() {
        return lease.acknowledges(epoch);
    }
}
