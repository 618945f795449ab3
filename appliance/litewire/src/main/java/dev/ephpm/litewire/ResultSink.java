package dev.ephpm.litewire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receives the answer of one statement. Either {@code columns} then any number of {@code row} then {@code endOfRows}, or
 * {@code done} alone. A plan that throws before its first row may throw freely; after it, the error ends the result.
 */
public interface ResultSink {
    void columns(List<Column> columns);

    /**
     * One row. Each value is null, {@link Long}, {@link Double}, {@link java.math.BigDecimal}, {@link String} or {@code
     * byte[]}; dates and times are text in MySQL's form. Blocks while the client is slow.
     */
    void row(@Nullable Object[] values);

    void endOfRows();

    /** A statement without rows. {@code info} is empty or text such as {@code Rows matched: 1  Changed: 1  Warnings: 0}. */
    void done(long affectedRows, long lastInsertId, String info);
}
