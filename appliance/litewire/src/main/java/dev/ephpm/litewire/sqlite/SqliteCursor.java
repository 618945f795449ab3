package dev.ephpm.litewire.sqlite;

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

    @Override
    void close() throws SQLException;
}
