package dev.ephpm.litewire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes answers nobody waits for. */
final class Discarding implements ResultSink {
    static final Discarding SINK = new Discarding();

    private Discarding() {}

    @Override
    public void columns(List<Column> columns) {
        // Nobody waits.
    }

    @Override
    public void row(@Nullable Object[] values) {
        // Nobody waits.
    }

    @Override
    public void endOfRows() {
        // Nobody waits.
    }

    @Override
    public void done(long affectedRows, long lastInsertId, String info) {
        // Nobody waits.
    }
}
