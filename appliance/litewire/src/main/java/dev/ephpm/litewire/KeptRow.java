package dev.ephpm.litewire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the values of an answer of one row, such as that of a SELECT without a table. */
public final class KeptRow implements ResultSink {
    private final List<@Nullable Object> values = new ArrayList<>();

    public List<@Nullable Object> values() {
        return values;
    }

    @Override
    public void columns(List<Column> columns) {
        // Only the values count.
    }

    @Override
    public void row(@Nullable Object[] row) {
        values.addAll(Arrays.asList(row));
    }

    @Override
    public void endOfRows() {
        // There is one row.
    }

    @Override
    public void done(long affectedRows, long lastInsertId, String info) {
        // Only statements without rows end so.
    }
}
