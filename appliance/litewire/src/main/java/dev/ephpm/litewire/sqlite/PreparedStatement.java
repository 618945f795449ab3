package dev.ephpm.litewire.sqlite;

import java.lang.foreign.MemorySegment;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One prepared statement of one connection. Used by one thread at a time. */
sealed interface PreparedStatement extends AutoCloseable permits NativeStatement, DriverStatement, RemoteStatement {
    /** Whether it was started and not reset since. */
    boolean running();

    /** Binds the parameters: null, Long, Double, String or byte[]. */
    void start(List<@Nullable Object> parameters) throws SQLException;

    /** True when there is a row. Throws what SQLite reports; the caller resets. */
    boolean step() throws SQLException;

    /** Ends the run and drops the bound values, which may be large. */
    void reset();

    int columnCount();

    String columnName(int index);

    /** A value of the current row, which must be there. */
    @Nullable
    Object value(int index);

    /** Whether {@link #encode} can be used. */
    boolean encodes();

    /** See {@link SqliteCursor#encode}. */
    EncodedRows encode(RowFormat format, boolean isBinary, boolean skip, MemorySegment target, int sequence)
            throws SQLException;

    @Override
    void close();
}
