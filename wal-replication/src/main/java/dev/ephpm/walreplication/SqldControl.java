package dev.ephpm.walreplication;

import dev.ephpm.config.SiteName;
import java.nio.file.Path;

/**
 * One running sqld process of this node, as far as this module needs it. Calls block for at most their own timeout, may be
 * repeated without harm, and throw {@link ReplicationException} if they did not succeed.
 */
public interface SqldControl {
    /** Makes a site known to a primary, taking over the file that lies in its directory, if any. Already known: nothing. */
    void create(SiteName site);

    /** Forgets a site and deletes its directory. Not known: nothing. */
    void delete(SiteName site);

    /** Lets a primary refuse a site's writes, or take them again. Survives a restart of the process. Not known: nothing. */
    void blockWrites(SiteName site, boolean blocked);

    /** Loads a site; a replica begins to copy it. */
    void touch(SiteName site);

    /** Where the process keeps a site; it need not exist. */
    Path directory(SiteName site);
}
