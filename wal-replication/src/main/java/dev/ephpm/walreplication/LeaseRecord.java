package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import dev.ephpm.config.SiteName;

/**
 * What the store says of who may write a site. Every change is a new record that differs from all before it.
 *
 * @param site the site
 * @param holder the node that may write
 * @param epoch grows by one with each change of the holder
 * @param renewal grows by one each time the holder shows that it is alive; begins at 0 in each epoch
 */
public record LeaseRecord(SiteName site, String holder, long epoch, long renewal) {
    public LeaseRecord {
        requireNonNull(site, "site is null");
        requireNonNull(holder, "holder is null");
        if (epoch < 1 || renewal < 0) {
            throw new IllegalArgumentException("not an epoch and a renewal: " + epoch + ", " + renewal);
        }
    }

    /** For a site that is replicated from now on; to be put in the place of none. */
    public static LeaseRecord first(SiteName site, String holder) {
        return new LeaseRecord(site, holder, 1, 0);
    }

    /** Whether both are of one holder's time. A store that forgot everything may give an epoch to two holders. */
    boolean isOfTheTenure(LeaseRecord other) {
        return epoch == other.epoch && holder.equals(other.holder);
    }

    LeaseRecord renewed() {
        return new LeaseRecord(site, holder, epoch, renewal + 1);
    }

    LeaseRecord passedTo(String next) {
        return new LeaseRecord(site, next, epoch + 1, 0);
    }
}
