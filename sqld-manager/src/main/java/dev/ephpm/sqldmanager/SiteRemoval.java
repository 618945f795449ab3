package dev.ephpm.sqldmanager;

import dev.ephpm.config.SiteName;
import java.time.Duration;
import java.util.List;

/**
 * Removes a site from processes in the one order that works: a replica that has it open when its home drops it keeps serving old
 * data in an endless loop, and one that is asked once more brings it back. Nothing may be routed to the site any more. Where the
 * processes are on several nodes, the same order holds for the calls of {@link SqldServer#delete}.
 */
public final class SiteRemoval {
    private SiteRemoval() {}

    /** Blocking. Each call to a process may take as long as {@code patience}. */
    public static void remove(SiteName site, SqldServer home, List<SqldServer> replicas, Duration patience) {
        replicas.forEach(replica -> replica.delete(site, patience));
        home.delete(site, patience);
        replicas.forEach(replica -> replica.delete(site, patience));
    }
}
