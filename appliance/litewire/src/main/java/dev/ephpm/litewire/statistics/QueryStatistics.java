package dev.ephpm.litewire.statistics;

import java.util.List;

/** What a node knows of its sites' statements. Any thread may ask. */
public interface QueryStatistics {
    /** One entry for each site whose database has been used, by name. */
    List<SiteStatistics> sites();

    /** The digests of one site that took the most time, at most {@code count}; empty for a site that is not known. */
    List<Digest> top(String site, int count);

    /** The last slow statements of one site, or of all when it is empty; the newest first. */
    List<SlowStatement> slow(String site);
}
