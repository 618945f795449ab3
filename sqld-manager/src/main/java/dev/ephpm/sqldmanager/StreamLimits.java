package dev.ephpm.sqldmanager;

import java.time.Duration;

/**
 * Bounds of the streams to one sqld.
 *
 * @param streams open at once; sqld itself stops at 1024 connections
 * @param contactEvery an open stream that was not used for this long is asked for a sign of life, because sqld ends streams after
 *     10 s of silence. One without a transaction is closed instead
 * @param idleTransaction an unused transaction is rolled back after this; the write lock may be taken from it from then on
 */
record StreamLimits(int streams, Duration contactEvery, Duration idleTransaction) {
    static final StreamLimits USUAL =
            new StreamLimits(960, Duration.ofSeconds(4), NamespaceConfig.TRANSACTION_LIMIT.minusSeconds(5));
}
