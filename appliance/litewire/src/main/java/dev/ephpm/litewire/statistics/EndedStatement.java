package dev.ephpm.litewire.statistics;

/**
 * What is known of a statement when it has been answered.
 *
 * @param shape its text without literals as the plan cache knows it, or empty when it could not be read
 * @param sql its text as it was sent
 * @param nanos from its arrival to the last byte of its answer, a slow client's time included
 * @param lockNanos of these, waiting for the site's writer
 * @param rowsSent rows of its result
 * @param rowsAffected rows it changed
 * @param error MySQL's number of the error it was answered with, 0 when there was none
 * @param connection id of its connection
 * @param sqlite the text SQLite was given last for it, empty when SQLite was not asked
 */
public record EndedStatement(
        String shape,
        String sql,
        long nanos,
        long lockNanos,
        long rowsSent,
        long rowsAffected,
        int error,
        long connection,
        String sqlite) {}
