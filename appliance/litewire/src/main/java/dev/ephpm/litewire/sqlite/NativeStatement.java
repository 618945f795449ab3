package dev.ephpm.litewire.sqlite;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One prepared statement of one connection and the buffer its rows are described in. Used by one thread at a time. */
final class NativeStatement implements PreparedStatement {
    private static final long VALUE_SIZE = 24;
    private static final int TYPE_INTEGER = 1;
    private static final int TYPE_FLOAT = 2;
    private static final int TYPE_TEXT = 3;
    private static final int TYPE_BLOB = 4;

    private final NativeLibrary library;
    private final long connection;
    private final long statement;
    private final int parameterCount;
    private MemorySegment row;
    private int capacity;
    private boolean running;
    private boolean onRow;
    private boolean closed;

    NativeStatement(NativeLibrary library, long connection, String sql) throws SqliteException {
        this.library = library;
        this.connection = connection;
        this.statement = library.prepare(connection, sql);
        this.parameterCount = library.parameterCount(statement);
        this.capacity = Math.max(1, library.columnCount(statement));
        this.row = allocateRow();
    }

    private MemorySegment allocateRow() {
        // Connections move between threads, and closing a shared arena stops them all for a moment.
        return Arena.ofAuto().allocate(8 + capacity * VALUE_SIZE, 8);
    }

    @Override
    public boolean running() {
        return running;
    }

    @Override
    public void start(List<@Nullable Object> parameters) throws SqliteException {
        running = true;
        int count = Math.min(parameterCount, parameters.size());
        for (int i = 0; i < count; i++) {
            if (library.bind(statement, i + 1, parameters.get(i)) != ResultCode.OK) {
                SqliteException error = library.error(connection);
                reset();
                throw error;
            }
        }
    }

    @Override
    public boolean step() throws SqliteException {
        requireOpen();
        onRow = false;
        int code = library.step(statement, row.address(), capacity);
        if (code == ResultCode.ROW) {
            growIfNeeded();
            onRow = true;
            return true;
        }
        if (code != ResultCode.DONE) {
            throw library.error(connection);
        }
        return false;
    }

    /** SQLite prepares again by itself when the schema changed, and {@code SELECT *} may then have more columns. */
    private void growIfNeeded() {
        int columns = (int) row.get(ValueLayout.JAVA_LONG, 0);
        if (columns > capacity) {
            capacity = columns;
            row = allocateRow();
            library.row(statement, row.address(), capacity);
        }
    }

    /** A plan that goes on after its statement ended is a bug, and must not read memory that is no longer there. */
    private void requireOpen() {
        if (closed || !running) {
            throw new IllegalStateException("the statement has ended");
        }
    }

    @Override
    public void reset() {
        if (closed) {
            return;
        }
        running = false;
        onRow = false;
        var _ = library.reset(statement);
    }

    @Override
    public int columnCount() {
        requireOpen();
        return library.columnCount(statement);
    }

    @Override
    public String columnName(int index) {
        requireOpen();
        return library.columnName(statement, index);
    }

    @Override
    public @Nullable Object value(int index) {
        if (!onRow || index < 0 || index >= capacity) {
            throw new IllegalStateException("there is no value " + index + " now");
        }
        long offset = 8 + index * VALUE_SIZE;
        long content = row.get(ValueLayout.JAVA_LONG, offset + 8);
        return switch ((int) row.get(ValueLayout.JAVA_LONG, offset)) {
            case TYPE_INTEGER -> content;
            case TYPE_FLOAT -> Double.longBitsToDouble(content);
            case TYPE_TEXT -> text(bytes(content, offset));
            case TYPE_BLOB -> bytes(content, offset);
            default -> null;
        };
    }

    private static String text(byte[] bytes) {
        return RawText.decode(bytes, 0, bytes.length);
    }

    @Override
    public boolean encodes() {
        return true;
    }

    @Override
    public EncodedRows encode(RowFormat format, boolean isBinary, boolean skip, MemorySegment target, int sequence)
            throws SqliteException {
        requireOpen();
        EncodedRows encoded = EncodedRows.of(library.encode(statement, format, isBinary, skip, target, sequence));
        switch (encoded.end()) {
            case ERROR -> throw library.error(connection);
            case ALL -> onRow = false;
            case ROOM, JAVA -> {
                library.row(statement, row.address(), capacity);
                growIfNeeded();
                onRow = true;
            }
        }
        return encoded;
    }

    private byte[] bytes(long address, long offset) {
        long length = row.get(ValueLayout.JAVA_LONG, offset + 16);
        return length == 0
                ? new byte[0]
                : MemorySegment.ofAddress(address).reinterpret(length).toArray(ValueLayout.JAVA_BYTE);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        running = false;
        onRow = false;
        library.finalizeStatement(statement);
    }
}
