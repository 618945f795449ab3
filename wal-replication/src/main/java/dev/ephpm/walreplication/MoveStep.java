package dev.ephpm.walreplication;

/** What remains to be done for a new home, in this order. Each step may be repeated. */
enum MoveStep {
    /** The former home stops its writes and says where its log ends. Planned moves only. */
    BLOCK,
    /** The copy here gets there. Planned moves only. */
    CATCH_UP,
    /** The copy becomes a file of this node's primary. */
    COPY,
    /** The primary takes it over, with a new log. */
    CREATE,
    /** The lease passes to this node. After this there is no way back. Planned moves only: a promotion begins with the lease. */
    SWITCH,
    /** The others give up their old copies, the former home its primary, and all copy from here. */
    FOLLOW
}
