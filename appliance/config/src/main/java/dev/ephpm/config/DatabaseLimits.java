package dev.ephpm.config;

import java.time.Duration;

/**
 * What one statement or transaction on a site's database may take.
 *
 * @param maxPacketSize {@code db.sqlite.max_packet_size}: longest statement before 1153; default 64 MiB
 * @param maxStatementTime {@code db.sqlite.max_statement_time} before 1969; default 5 min, zero = no limit
 * @param maxTransactionTime {@code db.sqlite.max_transaction_time}: longest hold of the site's writer; default 5 min
 * @param waitTimeout {@code db.sqlite.wait_timeout}: longest wait for a client's next statement; default 8 h
 */
public record DatabaseLimits(
        DataSize maxPacketSize, Duration maxStatementTime, Duration maxTransactionTime, Duration waitTimeout) {
    public static final DatabaseLimits DEFAULT = new DatabaseLimits(
            DataSize.ofMebibytes(64), Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofHours(8));
}
