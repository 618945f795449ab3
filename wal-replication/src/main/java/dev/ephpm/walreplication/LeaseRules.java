package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import dev.ephpm.config.SiteName;
import dev.ephpm.walreplication.LeaseState.Held;
import dev.ephpm.walreplication.LeaseState.Unknown;
import dev.ephpm.walreplication.LeaseState.Vacant;
import dev.ephpm.walreplication.LeaseState.Watched;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a lease is kept, lost and taken, as functions of what is known and of the time. No clock of another node is ever
 * compared with one's own: the holder counts from before it sent its renewal, the others from when they saw it.
 */
final class LeaseRules {
    private final SiteName site;
    private final String node;
    private final LeaseTiming timing;

    LeaseRules(SiteName site, String node, LeaseTiming timing) {
        this.site = requireNonNull(site, "site is null");
        this.node = requireNonNull(node, "node is null");
        this.timing = requireNonNull(timing, "timing is null");
    }

    /** Whether a write may begin. */
    boolean admits(LeaseState state, long now) {
        return state instanceof Held(LeaseRecord _, long sent) && now - sent < timing.admissionNanos();
    }

    /** Whether a write that began may still be acknowledged. */
    boolean acknowledges(LeaseState state, long now) {
        return state instanceof Held(LeaseRecord _, long sent) && now - sent < timing.acknowledgementNanos();
    }

    /** What is known after the store was read. */
    LeaseState observe(LeaseState state, @Nullable LeaseRecord stored, long now) {
        if (stored == null) {
            return state instanceof Vacant ? state : new Vacant(now, state.lastEpoch());
        }
        return switch (state) {
            case Held held when held.record().isOfTheTenure(stored) -> held;
            case Watched watched when watched.record().equals(stored) -> watched;
            case Unknown _, Vacant _, Watched _, Held _ -> new Watched(stored, now);
        };
    }

    /**
     * The record that this node should try to put into the store now.
     *
     * @param willing whether it would take the site over if nobody holds it
     */
    Optional<LeaseRecord> proposal(LeaseState state, long now, boolean willing) {
        return switch (state) {
            case Unknown() -> Optional.empty();
            // A store that lost its records may still have a holder who does not know.
            case Vacant(long since, long lastEpoch) ->
                willing && now - since >= timing.patienceNanos()
                        ? Optional.of(new LeaseRecord(site, node, lastEpoch + 1, 0))
                        : Optional.empty();
            case Held(LeaseRecord record, long sent) ->
                now - sent >= timing.renewal().toNanos() ? Optional.of(record.renewed()) : Optional.empty();
            // Its own record from before a restart, or one that the former holder passed on: nobody else can use it.
            case Watched(LeaseRecord record, long _) when record.holder().equals(node) -> Optional.of(record.renewed());
            case Watched(LeaseRecord record, long since) ->
                willing && now - since >= timing.patienceNanos()
                        ? Optional.of(record.passedTo(node))
                        : Optional.empty();
        };
    }

    /** What is known after the store took a proposal of this node's, which was sent at that time. */
    LeaseState granted(LeaseState state, LeaseRecord proposal, long sentNanos) {
        LeaseRecord known = state.stored();
        boolean overtaken = known != null
                && (known.epoch() > proposal.epoch()
                        || (known.epoch() == proposal.epoch() && known.renewal() >= proposal.renewal()));
        return overtaken ? state : new Held(proposal, sentNanos);
    }

    /** What is known after the store refused a proposal of this node's, and was read. */
    LeaseState refused(LeaseState state, @Nullable LeaseRecord stored, long now) {
        if (state instanceof Held(LeaseRecord record, long sent)
                && stored != null
                && stored.isOfTheTenure(record)
                && stored.renewal() > record.renewal()) {
            // Our own renewal, whose answer was lost: the time of the one before it is on the safe side.
            return new Held(stored, sent);
        }
        return observe(state, stored, now);
    }
}
