package dev.ephpm.walreplication;

/** A node that has a copy of a site. Calls may go over the network and may be repeated without harm. */
public interface FollowerNode {
    /** Stops reading and deletes the copy that came from {@code formerHome}. */
    void leave(String site, String formerHome);

    /** Begins to copy the site from {@code home}. */
    void join(String site, String home);
}
