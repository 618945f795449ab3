package dev.ephpm.litewire.sqlite;

import java.lang.foreign.MemorySegment;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteException;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;
import org.sqlite.core.SafeStmtPtr;

/** A statement of sqlite-jdbc, below its result sets: those do not see columns that were added since it was prepared. */
final class DriverStatement implements PreparedStatement {
    private static final int TYPE_INTEGER = 1;
    private static final int TYPE_FLOAT = 2;
    private static final int TYPE_TEXT = 3;
    private static final int TYPE_BLOB = 4;

    private final SQLiteConnection driver;
    private final String sql;
    private CoreStatement statement;
    private @Nullable Object[] parameters = {};
    private boolean running;
    private boolean stepped;
    private boolean onRow;
    private boolean closed;

    DriverStatement(SQLiteConnection driver, String sql) throws SqliteException {
        this.driver = driver;
        this.sql = sql;
        this.statement = prepare();
    }

    private CoreStatement prepare() throws SqliteException {
        try {
            return (CoreStatement) driver.prepareStatement(sql);
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    @Override
    public boolean running() {
        return running;
    }

    @Override
    public void start(List<@Nullable Object> values) throws SqliteException {
        if (statement.pointer.isClosed()) {
            // The driver closes a statement after most errors.
            statement = prepare();
        }
        running = true;
        stepped = false;
        int count = parameterCount();
        parameters = new @Nullable Object[count];
        for (int i = 0; i < Math.min(count, values.size()); i++) {
            parameters[i] = bindable(values.get(i));
        }
    }

    private int parameterCount() throws SqliteException {
        try {
            return ((java.sql.PreparedStatement) statement)
                    .getParameterMetaData()
                    .getParameterCount();
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    private static @Nullable Object bindable(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> RawText.isRaw(text) ? RawText.bytes(text) : text;
            case Long _, Double _, byte[] _ -> value;
            default ->
                throw new IllegalArgumentException(
                        "a parameter is null, Long, Double, String or byte[], not " + value.getClass());
        };
    }

    @Override
    public boolean step() throws SqliteException {
        requireOpen();
        onRow = false;
        try {
            onRow = stepped ? next() : driver.getDatabase().execute(statement, parameters);
            stepped = true;
            return onRow;
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    private boolean next() throws SQLException {
        int code = pointer().safeRunInt(DB::step);
        if (code != ResultCode.ROW && code != ResultCode.DONE) {
            throw error(driver.getDatabase(), code);
        }
        return code == ResultCode.ROW;
    }

    private SafeStmtPtr pointer() {
        return statement.pointer;
    }

    /** A plan that goes on after its statement ended is a bug, as it is with the extension. */
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
        parameters = new @Nullable Object[0];
        if (!pointer().isClosed()) {
            var _ = read((db, address) -> db.reset(address) + db.clear_bindings(address));
        }
    }

    @Override
    public int columnCount() {
        requireOpen();
        return read(DB::column_count);
    }

    @Override
    public String columnName(int index) {
        requireOpen();
        return read((db, address) -> db.column_name(address, index));
    }

    @Override
    public @Nullable Object value(int index) {
        if (!onRow || index < 0 || index >= columnCount()) {
            throw new IllegalStateException("there is no value " + index + " now");
        }
        return read((db, address) -> value(db, address, index));
    }

    private static @Nullable Object value(DB db, long address, int index) throws SQLException {
        return switch (db.column_type(address, index)) {
            case TYPE_INTEGER -> db.column_long(address, index);
            case TYPE_FLOAT -> db.column_double(address, index);
            case TYPE_TEXT -> text(Objects.requireNonNullElse(db.column_blob(address, index), new byte[0]));
            case TYPE_BLOB -> Objects.requireNonNullElse(db.column_blob(address, index), new byte[0]);
            default -> null;
        };
    }

    private static String text(byte[] bytes) {
        return RawText.decode(bytes, 0, bytes.length);
    }

    private <T extends @Nullable Object> T read(SafeStmtPtr.SafePtrFunction<T, SQLException> access) {
        try {
            return pointer().safeRun(access);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read from a statement", e);
        }
    }

    @Override
    public boolean encodes() {
        return false;
    }

    @Override
    public EncodedRows encode(RowFormat format, boolean isBinary, boolean skip, MemorySegment target, int sequence) {
        throw new UnsupportedOperationException("rows are encoded by the extension only");
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        running = false;
        onRow = false;
        try {
            ((java.sql.PreparedStatement) statement).close();
        } catch (SQLException e) {
            // SQLite repeats the error of the last run, which has been reported.
            return;
        }
    }

    /** The error SQLite has just given. */
    static SqliteException error(DB database, int code) {
        try {
            database.throwex(code);
            return new SqliteException("error " + code, code);
        } catch (SQLException e) {
            return translated(e);
        }
    }

    /** SQLite's own words and code, out of the driver's. */
    static SqliteException translated(SQLException failure) {
        if (failure instanceof SqliteException already) {
            return already;
        }
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof SQLiteException sqlite) {
            String prefix = sqlite.getResultCode() + " (";
            boolean wrapped = message.startsWith(prefix) && message.endsWith(")");
            return new SqliteException(
                    wrapped ? message.substring(prefix.length(), message.length() - 1) : message,
                    sqlite.getResultCode().code);
        }
        return new SqliteException(message, ResultCode.ERROR);
    }
}
