package dev.ephpm.walreplication;

/** The replica process of one home on this node, as {@link ReplicaMonitor} needs it. */
@FunctionalInterface
public interface ReplicaProcess {
    /**
     * Ends the process, starts it anew and loads all its sites again. Returns when it runs.
     *
     * @throws ReplicationException if it did not start
     */
    void restart();
}
