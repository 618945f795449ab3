package dev.ephpm.walreplication;

import dev.ephpm.config.SiteName;
import java.util.List;

/** What a home says of its logs. Calls block for a bounded time and throw {@link ReplicationException}. */
public interface HomeLog {
    /** Where the site's log ends now. */
    Head hello(SiteName site);

    /** The transactions from a frame on, as far as the home remembers their times. */
    List<Commit> commits(SiteName site, long firstFrame);
}
