package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open SQLite connection a plan may use while it runs. Prepared statements are cached by their text. Parameters and
 * values are null, Long, Double, String or byte[]. One thread at a time.
 */
public interface SqliteHandle {
    /** Runs a query; the caller closes the cursor. Parameter n of the list is {@code ?n+1} in the text. */
    SqliteCursor query(String sql, List<@Nullable Object> parameters) throws SQLException;

    /** Runs a statement without rows; gives the number of rows it changed directly. */
    long update(String sql, List<@Nullable Object> parameters) throws SQLException;

    /** Rowid of the last INSERT on this connection. */
    long lastInsertRowid() throws SQLException;
}
