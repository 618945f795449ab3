package dev.ephpm.walreplication;

import dev.ephpm.config.SiteName;
import java.util.Optional;

/**
 * The node that is a site's home, as the one sees it that the site moves to. Calls may go over the network; each may be repeated
 * without harm and throws {@link ReplicationException} if it did not succeed.
 */
public interface HomeNode {
    /** Its name in the lease. */
    String name();

    /** Stops the site's writes, waits for those that run, and says where the log ends; empty if nothing was ever written. */
    Optional<Position> block(SiteName site);

    /** Takes writes again, if this node still holds the lease. */
    void unblock(SiteName site);

    /**
     * Passes the lease on, provided that writes are blocked and the log still ends at {@code end}.
     *
     * @throws ReplicationException with {@link ReplicationException.Code#WRONG_STATE} if it was written meanwhile
     */
    LeaseRecord handOver(SiteName site, String next, Optional<Position> end);

    /**
     * Gives the primary's database up, after keeping an orphan copy of anything that the new home may not have.
     *
     * @param carriedOver up to where the new home has this node's log, or empty if unknown
     */
    void retire(SiteName site, long epoch, Optional<Position> carriedOver);
}
