package dev.ephpm.walreplication;

import dev.ephpm.config.SiteName;

/** The place on a home node through which every write of a site passes. */
public interface WriteBarrier {
    /**
     * Admits no further writes of the site and returns when none is running. Closed already: nothing.
     *
     * @throws ReplicationException with {@link ReplicationException.Code#WRONG_STATE} if one did not end in time; it is open then
     */
    void close(SiteName site);

    /** Admits writes again, as far as the lease allows. Open already: nothing. */
    void open(SiteName site);
}
