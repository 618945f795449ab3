package dev.ephpm.walreplication;

import dev.ephpm.config.SiteName;

/** The replica process of one home on this node, as {@link ReplicaMonitor} needs it. */
public interface ReplicaProcess {
    /** Where it keeps the files of a site. */
    LogFiles files(SiteName site);

    /**
     * Ends the process, starts it anew and loads all its sites again. Returns when it runs.
     *
     * @throws ReplicationException if it did not start
     */
    void restart();
}
