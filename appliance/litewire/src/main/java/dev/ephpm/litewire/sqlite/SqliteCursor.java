package dev.ephpm.litewire.sqlite;

import java.lang.foreign.MemorySegment;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rows of a running query. */
public interface SqliteCursor extends AutoCloseable {
    boolean next() throws SQLException;

    int columnCount() throws SQLException;

    String columnName(int index) throws SQLException;

    /** Value of a column of the current row, 0-based: null, Long, Double, String or byte[]. */
    @Nullable
    Object value(int index) throws SQLException;

    /** Whether {@link #encode} can be used. */
    default boolean encodes() {
        return false;
    }

    /**
     * Writes the row the cursor stands on and those after it as packets of MySQL's protocol; with {@code skip} it first leaves
     * the row it stands on. Throws what SQLite reports.
     *
     * @param target memory outside the heap
     * @param sequence number of the first packet
     */
    default EncodedRows encode(RowFormat format, boolean isBinary, boolean skip, MemorySegment target, int sequence)
            throws SQLException {
        throw new UnsupportedOperationException("this cursor's rows are encoded by Java only");
    }

    @Override
    void close() throws SQLException;
}
