package dev.ephpm.litewire.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A statement that took longer than the threshold.
 *
 * @param ended when it had been answered
 * @param statement its text, with or without its values as configured, cut after {@link SlowLog#LONGEST_TEXT} characters
 * @param digest the hash of its {@link Digest}
 * @param error MySQL's number, 0 when it was answered well
 * @param plan SQLite's query plan, a line per step; empty when it was not asked for
 */
public record SlowStatement(
        Instant ended,
        String site,
        long connection,
        Duration time,
        Duration lockWait,
        long rowsSent,
        long rowsAffected,
        int error,
        String digest,
        String statement,
        List<String> plan) {}
