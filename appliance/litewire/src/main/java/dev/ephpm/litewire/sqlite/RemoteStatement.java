package dev.ephpm.litewire.sqlite;

import java.lang.foreign.MemorySegment;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement for a remote server, which answers with all rows at once. */
final class RemoteStatement implements PreparedStatement {
    private final RemoteConnection connection;
    private final String sql;
    private List<@Nullable Object> parameters = List.of();
    private @Nullable RemoteResult result;
    private int row = -1;
    private boolean running;

    RemoteStatement(RemoteConnection connection, String sql) {
        this.connection = connection;
        this.sql = sql;
    }

    @Override
    public boolean running() {
        return running;
    }

    @Override
    public void start(List<@Nullable Object> values) {
        running = true;
        result = null;
        row = -1;
        List<@Nullable Object> bindable = new ArrayList<>(values.size());
        for (Object value : values) {
            bindable.add(value instanceof String text && RawText.isRaw(text) ? RawText.bytes(text) : value);
        }
        parameters = Collections.unmodifiableList(bindable);
    }

    @Override
    public boolean step() throws SQLException {
        return ++row < result().rows().size();
    }

    private RemoteResult result() throws SQLException {
        requireRunning();
        RemoteResult known = result;
        if (known == null) {
            known = connection.run(new RemoteStep(sql, parameters));
            result = known;
        }
        return known;
    }

    private void requireRunning() {
        if (!running) {
            throw new IllegalStateException("the statement has ended");
        }
    }

    @Override
    public void reset() {
        running = false;
        result = null;
        parameters = List.of();
    }

    private RemoteResult present() {
        requireRunning();
        RemoteResult known = result;
        if (known == null) {
            throw new IllegalStateException("the statement has not been run");
        }
        return known;
    }

    @Override
    public int columnCount() {
        return present().columns().size();
    }

    @Override
    public String columnName(int index) {
        return present().columns().get(index);
    }

    @Override
    public @Nullable Object value(int index) {
        return present().rows().get(row)[index];
    }

    @Override
    public boolean encodes() {
        return false;
    }

    @Override
    public EncodedRows encode(RowFormat format, boolean isBinary, boolean skip, MemorySegment target, int sequence) {
        throw new UnsupportedOperationException("remote rows are encoded by Java only");
    }

    @Override
    public void close() {
        reset();
    }
}
