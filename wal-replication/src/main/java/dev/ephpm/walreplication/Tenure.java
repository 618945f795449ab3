package dev.ephpm.walreplication;

/** How a node stands to a site's lease. */
public enum Tenure {
    /** It may write. */
    HELD,
    /** It was the last that it knows of, and could not renew: others may have taken over without its knowledge. */
    LAPSED,
    /** Another node is the home, or nobody is. */
    NONE
}
