package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import dev.ephpm.config.SiteName;
import dev.ephpm.walreplication.LeaseState.Held;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One site's lease on one node. {@link #begin} costs a volatile read and a look at the clock and is for every write;
 * {@link #step} talks to the store and is called by one thread, more often than the renewal of {@link LeaseTiming}.
 */
public final class Lease {
    private final SiteName site;
    private final String node;
    private final LeaseRules rules;
    private final LeaseStore store;
    private final LongSupplier clock;
    private volatile LeaseState state = new LeaseState.Unknown();

    /** @param clock nanoseconds that go on while the machine sleeps, see {@link BootClock} */
    public Lease(SiteName site, String node, LeaseTiming timing, LeaseStore store, LongSupplier clock) {
        this.site = site;
        this.node = node;
        rules = new LeaseRules(site, node, timing);
        this.store = requireNonNull(store, "store is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Leave to write, if this node may write now. */
    public Optional<WritePermit> begin() {
        LeaseState now = state;
        return now instanceof Held held && rules.admits(held, clock.getAsLong())
                ? Optional.of(new WritePermit(this, held.record().epoch()))
                : Optional.empty();
    }

    /** The epoch in which this node may write now; empty if it may not. */
    public OptionalLong epoch() {
        LeaseState now = state;
        return now instanceof Held held && rules.admits(held, clock.getAsLong())
                ? OptionalLong.of(held.record().epoch())
                : OptionalLong.empty();
    }

    /** How this node stands to the lease, as far as it knows; costs as little as {@link #begin}. */
    public Tenure tenure() {
        LeaseState now = state;
        if (rules.admits(now, clock.getAsLong())) {
            return Tenure.HELD;
        }
        LeaseRecord record = now.stored();
        return record != null && record.holder().equals(node) ? Tenure.LAPSED : Tenure.NONE;
    }

    boolean acknowledges(long epoch) {
        LeaseState now = state;
        return now instanceof Held held
                && held.record().epoch() == epoch
                && rules.acknowledges(held, clock.getAsLong());
    }

    /** The record that this node knows of; it may be out of date. */
    public Optional<LeaseRecord> known() {
        return Optional.ofNullable(state.stored());
    }

    /**
     * Renews a lease that is held, watches one that is not, and takes one that has run out.
     *
     * @param willing whether to take it; only the node that was chosen by its position should
     * @return whether this node may write now
     * @throws ReplicationException with {@link ReplicationException.Code#UNREACHABLE} if the store did not answer; a lease that
     *     is held goes on until it runs out
     */
    public synchronized boolean step(boolean willing) {
        if (!(state instanceof Held)) {
            observe();
        }
        rules.proposal(state, clock.getAsLong(), willing).ifPresent(this::propose);
        return epoch().isPresent();
    }

    /**
     * Passes a lease that is held to another node, in a new epoch. This node stops admitting writes before anyone is asked.
     *
     * @throws ReplicationException with {@link ReplicationException.Code#NOT_THE_HOLDER} if this node does not hold it, or
     *     {@link ReplicationException.Code#UNREACHABLE} if it is unknown whether it was passed on; {@link #step} finds out
     */
    public synchronized LeaseRecord handOver(String next) {
        if (!(state instanceof Held(LeaseRecord record, long sent))) {
            throw new ReplicationException(
                    ReplicationException.Code.NOT_THE_HOLDER,
                    node + " cannot pass the lease of " + site + " on: it does not hold it");
        }
        state = new LeaseState.Watched(record, sent);
        LeaseRecord passed = record.passedTo(next);
        if (!store.replace(record, passed)) {
            observe();
            throw new ReplicationException(
                    ReplicationException.Code.NOT_THE_HOLDER,
                    node + " cannot pass the lease of " + site + " on: " + state.stored() + " has replaced it");
        }
        state = new LeaseState.Watched(passed, clock.getAsLong());
        return passed;
    }

    private void observe() {
        @Nullable LeaseRecord stored = store.read(site).orElse(null);
        state = rules.observe(state, stored, clock.getAsLong());
    }

    private void propose(LeaseRecord proposal) {
        long sent = clock.getAsLong();
        if (store.replace(state.stored(), proposal)) {
            state = rules.granted(state, proposal, sent);
        } else {
            LeaseRecord stored = store.read(site).orElse(null);
            state = rules.refused(state, stored, clock.getAsLong());
        }
    }
}
