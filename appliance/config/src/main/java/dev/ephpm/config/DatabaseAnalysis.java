package dev.ephpm.config;

import java.time.Duration;

/**
 * {@code [db.analysis]}: what is kept and logged of statements.
 *
 * @param queryStats whether statements are counted by their text without values; default true
 * @param slowQueryThreshold above it a statement is slow; default 100 ms, zero = none is
 * @param autoExplain whether SQLite's query plan of slow statements is logged; default true
 * @param logLiterals whether slow statements are logged with their values; default false
 */
public record DatabaseAnalysis(
        boolean queryStats, Duration slowQueryThreshold, boolean autoExplain, boolean logLiterals) {
    public static final DatabaseAnalysis DEFAULT = new DatabaseAnalysis(true, Duration.ofMillis(100), true, false);
}
