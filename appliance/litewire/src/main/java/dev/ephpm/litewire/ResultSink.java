package dev.ephpm.litewire;

import dev.ephpm.litewire.sqlite.RowFormat;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import java.sql.SQLException;
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

    /**
     * Sends the row the cursor stands on and all after it without their values becoming Java objects, and gives their number;
     * -1 when the sink or the cursor cannot, and every row must be given to {@link #row}.
     *
     * @param values what {@code row} would be given for the row the cursor stands on, for rows that only Java can encode
     */
    default long rows(SqliteCursor cursor, RowFormat format, RowValues values) throws SQLException {
        return -1;
    }

    /** The values of the row a cursor stands on, in MySQL's form. */
    interface RowValues {
        @Nullable
        Object[] current() throws SQLException;
    }

    void endOfRows();

    /** A statement without rows. {@code info} is empty or text such as {@code Rows matched: 1  Changed: 1  Warnings: 0}. */
    void done(long affectedRows, long lastInsertId, String info);
}
