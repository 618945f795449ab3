package dev.ephpm.litewire.dump;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.ResultSink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the rows of a query one by one. */
record RowSink(Rows rows) implements ResultSink {
    /** Takes a row. */
    @FunctionalInterface
    interface Rows {
        void take(@Nullable Object[] values);
    }

    @Override
    public void columns(List<Column> columns) {
        // The caller knows them.
    }

    @Override
    public void row(@Nullable Object[] values) {
        rows.take(values);
    }

    @Override
    public void endOfRows() {
        // The caller knows by getting control back.
    }

    @Override
    public void done(long affectedRows, long lastInsertId, String info) {
        // Nobody asks.
    }
}
