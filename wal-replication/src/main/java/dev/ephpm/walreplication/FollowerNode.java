package dev.ephpm.walreplication;

import dev.ephpm.config.SiteName;

/** A node that has a copy of a site. Calls may go over the network and may be repeated without harm. */
public interface FollowerNode {
    /** Stops reading and deletes the copy that came from {@code formerHome}. */
    void leave(SiteName site, String formerHome);

    /** Begins to copy the site from {@code home}. */
    void join(SiteName site, String home);
}
