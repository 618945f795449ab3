package dev.ephpm.litewire;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Passes an answer on and remembers what the session must know of it afterwards. */
final class StatementSink implements ResultSink {
    private final ResultSink client;
    private final BooleanSupplier killed;
    private long rowCount = -1;

    StatementSink(ResultSink client, BooleanSupplier killed) {
        this.client = client;
        this.killed = killed;
    }

    /** What ROW_COUNT() is to say. */
    long rowCount() {
        return rowCount;
    }

    @Override
    public void columns(List<Column> columns) {
        client.columns(columns);
    }

    @Override
    public void row(@Nullable Object[] values) {
        if (killed.getAsBoolean()) {
            throw SqlErrorCode.QUERY_INTERRUPTED.with();
        }
        client.row(values);
    }

    @Override
    public void endOfRows() {
        client.endOfRows();
    }

    @Override
    public void done(long affectedRows, long lastInsertId, String info) {
        rowCount = affectedRows;
        client.done(affectedRows, lastInsertId, info);
    }
}
