package dev.ephpm.walreplication;

/** Whether a copy follows its home. */
public enum ReplicaHealth {
    /** Everything the home last said it had is here. */
    CAUGHT_UP,
    /** Frames are missing and arrive. */
    BEHIND,
    /** The copy is being built for another log. */
    RESYNCING,
    /** Frames are missing and none arrives although the home answers: the replica process has to be restarted. */
    STUCK,
    /** The home does not answer, so nothing can be said. Reads of what is here go on. */
    HOME_SILENT
}
