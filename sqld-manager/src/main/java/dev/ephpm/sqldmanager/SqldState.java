package dev.ephpm.sqldmanager;

/** Where a supervised process is in its life; see DESIGN.md. */
public enum SqldState {
    STARTING,
    READY,
    /** Ended by itself; started again after a pause. */
    WAITING,
    STOPPED
}
