package dev.ephpm.litewire;

import dev.ephpm.litewire.sqlite.RowFormat;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes an answer on and computes a number that is the same for equal answers, when it is asked to. */
final class FingerprintSink implements ResultSink {
    private static final long PRIME = 0x100000001b3L;

    private final ResultSink next;
    private final boolean computing;
    private long fingerprint = 0xcbf29ce484222325L;

    FingerprintSink(ResultSink next, boolean computing) {
        this.next = next;
        this.computing = computing;
    }

    long fingerprint() {
        return fingerprint;
    }

    private void add(long number) {
        fingerprint = (fingerprint ^ number) * PRIME;
    }

    @Override
    public void columns(List<Column> columns) {
        next.columns(columns);
    }

    @Override
    public void row(@Nullable Object[] values) {
        if (computing) {
            for (Object value : values) {
                add(value instanceof byte[] bytes ? Arrays.hashCode(bytes) : value == null ? 1 : value.hashCode());
            }
        }
        next.row(values);
    }

    /** Values that are to be looked at must become Java objects. */
    @Override
    public long rows(SqliteCursor cursor, RowFormat format, RowValues values) throws SQLException {
        return computing ? -1 : next.rows(cursor, format, values);
    }

    @Override
    public void endOfRows() {
        next.endOfRows();
    }

    @Override
    public void done(long affectedRows, long lastInsertId, String info) {
        if (computing) {
            add(affectedRows);
            add(lastInsertId);
        }
        next.done(affectedRows, lastInsertId, info);
    }
}
