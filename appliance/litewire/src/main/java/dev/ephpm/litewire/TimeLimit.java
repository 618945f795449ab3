package dev.ephpm.litewire;

/**
 * The time a statement may take.
 *
 * @param nanos zero when there is no limit
 * @param error what it is answered with after that
 */
record TimeLimit(long nanos, SqlErrorCode error) {
    static final TimeLimit NONE = new TimeLimit(0, SqlErrorCode.STATEMENT_TIMEOUT);
}
