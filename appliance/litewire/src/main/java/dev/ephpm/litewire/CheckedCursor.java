package dev.ephpm.litewire;

import dev.ephpm.litewire.sqlite.EncodedRows;
import dev.ephpm.litewire.sqlite.RowFormat;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import java.lang.foreign.MemorySegment;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A cursor that asks before every buffer of rows whether the statement is to go on.
 *
 * @param check throws when it is to end
 */
record CheckedCursor(SqliteCursor cursor, Runnable check) implements SqliteCursor {
    @Override
    public boolean next() throws SQLException {
        return cursor.next();
    }

    @Override
    public int columnCount() throws SQLException {
        return cursor.columnCount();
    }

    @Override
    public String columnName(int index) throws SQLException {
        return cursor.columnName(index);
    }

    @Override
    public @Nullable Object value(int index) throws SQLException {
        return cursor.value(index);
    }

    @Override
    public boolean encodes() {
        return cursor.encodes();
    }

    @Override
    public EncodedRows encode(RowFormat format, boolean isBinary, boolean skip, MemorySegment target, int sequence)
            throws SQLException {
        check.run();
        return cursor.encode(format, isBinary, skip, target, sequence);
    }

    @Override
    public void close() throws SQLException {
        cursor.close();
    }
}
