package dev.ephpm.litewire.sqlite;

import dev.ephpm.litewire.LitewireException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * The SQLite extension {@code litewire.so} as Java calls it. sqlite-jdbc opens connections and calls Java functions; rows and
 * values cross through here, because its own way costs two to seven times as much. Thread-safe; one per process is enough.
 */
public final class NativeLibrary implements SqliteLibrary {
    /** File name inside the native directory. */
    public static final String FILE_NAME = "litewire.so";

    private static final long LONGEST_MESSAGE = 1 << 20;

    private final Path file;
    private final Set<String> functions;
    private final MemorySegment opened;
    private final MemorySegment prepare;
    private final MemorySegment step;
    private final MemorySegment row;
    private final MemorySegment reset;
    private final MemorySegment finalizer;
    private final MemorySegment bindNull;
    private final MemorySegment bindLong;
    private final MemorySegment bindDouble;
    private final MemorySegment bindText;
    private final MemorySegment bindBlob;
    private final MemorySegment columnCount;
    private final MemorySegment columnName;
    private final MemorySegment parameterCount;
    private final MemorySegment changes;
    private final MemorySegment lastInsertRowid;
    private final MemorySegment errorCode;
    private final MemorySegment errorMessage;
    private final MemorySegment inTransaction;
    private final MemorySegment interrupt;
    private final MemorySegment busyTimeout;
    private final MemorySegment encode;
    private final MemorySegment snapshotOpen;
    private final MemorySegment snapshotBegin;
    private final MemorySegment snapshotEnd;
    private final MemorySegment snapshotFrames;
    private final MemorySegment snapshotClose;

    /** Loads the library from the directory. Throws {@link LitewireException} when it is missing or cannot be loaded. */
    public NativeLibrary(Path nativeDirectory) {
        this.file = nativeDirectory.resolve(FILE_NAME).toAbsolutePath();
        SymbolLookup symbols = load(file);
        functions = functions(symbols.findOrThrow("litewire_function_name"));
        opened = symbols.findOrThrow("litewire_opened");
        prepare = symbols.findOrThrow("litewire_prepare");
        step = symbols.findOrThrow("litewire_step");
        row = symbols.findOrThrow("litewire_row");
        reset = symbols.findOrThrow("litewire_reset");
        finalizer = symbols.findOrThrow("litewire_finalize");
        bindNull = symbols.findOrThrow("litewire_bind_null");
        bindLong = symbols.findOrThrow("litewire_bind_long");
        bindDouble = symbols.findOrThrow("litewire_bind_double");
        bindText = symbols.findOrThrow("litewire_bind_text");
        bindBlob = symbols.findOrThrow("litewire_bind_blob");
        columnCount = symbols.findOrThrow("litewire_column_count");
        columnName = symbols.findOrThrow("litewire_column_name");
        parameterCount = symbols.findOrThrow("litewire_parameter_count");
        changes = symbols.findOrThrow("litewire_changes");
        lastInsertRowid = symbols.findOrThrow("litewire_last_insert_rowid");
        errorCode = symbols.findOrThrow("litewire_error_code");
        errorMessage = symbols.findOrThrow("litewire_error_message");
        inTransaction = symbols.findOrThrow("litewire_in_transaction");
        interrupt = symbols.findOrThrow("litewire_interrupt");
        busyTimeout = symbols.findOrThrow("litewire_busy_timeout");
        encode = symbols.findOrThrow("litewire_encode");
        snapshotOpen = symbols.findOrThrow("litewire_snapshot_open");
        snapshotBegin = symbols.findOrThrow("litewire_snapshot_begin");
        snapshotEnd = symbols.findOrThrow("litewire_snapshot_end");
        snapshotFrames = symbols.findOrThrow("litewire_snapshot_frames");
        snapshotClose = symbols.findOrThrow("litewire_snapshot_close");
    }

    private static Set<String> functions(MemorySegment nameByNumber) {
        Set<String> names = new HashSet<>();
        long number = 0;
        long name = Downcalls.longOf(nameByNumber, number);
        while (name != 0) {
            names.add(text(name));
            number++;
            name = Downcalls.longOf(nameByNumber, number);
        }
        return Set.copyOf(names);
    }

    /** SQL functions for MySQL that the extension brings. */
    Set<String> functions() {
        return functions;
    }

    private static SymbolLookup load(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new LitewireException(
                    "the SQLite extension " + file + " is missing; run 'make build' or reinstall", null);
        }
        try {
            return SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new LitewireException(
                    "the SQLite extension " + file + " cannot be loaded (" + e.getMessage()
                            + "); run 'make build' or reinstall it for this machine",
                    e);
        }
    }

    @Override
    public String description() {
        return "sqlite-jdbc with " + file;
    }

    @Override
    public FileConnection connect(DatabaseFile database) throws SQLException {
        SQLiteConfig settings = database.settings();
        settings.enableLoadExtension(true);
        SQLiteConnection driver = (SQLiteConnection) settings.createConnection("jdbc:sqlite:" + database.path());
        try {
            loadExtension(driver);
            // The connection this thread has just loaded the extension into, or 0.
            long handle = Downcalls.longOfNothing(opened);
            var _ = driver.getDatabase().enable_load_extension(false);
            if (handle == 0) {
                throw new LitewireException(
                        "cannot guard the connection to " + database.path() + ": " + file
                                + " was not initialised; rebuild it with 'make build'",
                        null);
            }
            return new NativeConnection(this, driver, handle);
        } catch (SQLException | RuntimeException e) {
            Closing.after(e, driver);
            throw e;
        }
    }

    private void loadExtension(Connection driver) throws SQLException {
        String literal = "'" + file.toString().replace("'", "''") + "'";
        try (Statement statement = driver.createStatement()) {
            statement.execute("SELECT load_extension(" + literal + ", 'sqlite3_litewire_init')");
        }
    }

    /** Prepares {@code sql}, which is one statement; gives its address, or throws. */
    long prepare(long connection, String sql) throws SqliteException {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(text.length + 1L);
            MemorySegment.copy(text, 0, copy, ValueLayout.JAVA_BYTE, 0, text.length);
            MemorySegment results = arena.allocate(16, 8);
            long address = results.address();
            int code = Downcalls.intOf(prepare, connection, copy.address(), text.length, address, address + 8);
            if (code != ResultCode.OK) {
                throw error(connection);
            }
            long statement = results.get(ValueLayout.JAVA_LONG, 0);
            // SQLite makes nothing of a comment, and must never be called with nothing.
            if (statement == 0) {
                throw new SqliteException("the statement is empty", ResultCode.ERROR);
            }
            refuseSecond(statement, text, results.get(ValueLayout.JAVA_INT, 8));
            return statement;
        }
    }

    private void refuseSecond(long statement, byte[] text, int consumed) throws SqliteException {
        for (int i = consumed; i < text.length; i++) {
            if (text[i] < 0 || (text[i] > ' ' && text[i] != ';')) {
                finalizeStatement(statement);
                throw new SqliteException("only one statement can be run at a time", ResultCode.ERROR);
            }
        }
    }

    int step(long statement, long rowAddress, int capacity) {
        return Downcalls.intOf(step, statement, rowAddress, capacity);
    }

    /** Describes the current row again, after {@link #step} found the buffer too small. */
    void row(long statement, long rowAddress, int capacity) {
        var _ = Downcalls.intOf(row, statement, rowAddress, capacity);
    }

    /** Encodes rows; what {@link EncodedRows#of} takes. */
    long encode(long statement, RowFormat format, boolean isBinary, boolean skip, MemorySegment target, int sequence) {
        try {
            return Downcalls.longOf(
                    encode,
                    statement,
                    format.address(isBinary),
                    format.columns(),
                    isBinary ? 1 : 0,
                    skip ? 1 : 0,
                    target.address(),
                    (int) target.byteSize(),
                    sequence);
        } finally {
            // Its memory is freed with it.
            Reference.reachabilityFence(format);
        }
    }

    int reset(long statement) {
        return Downcalls.intOf(reset, statement);
    }

    void finalizeStatement(long statement) {
        var _ = Downcalls.intOf(finalizer, statement);
    }

    int bind(long statement, int index, @Nullable Object value) {
        return switch (value) {
            case null -> Downcalls.briefInt(bindNull, statement, index);
            case Long number -> Downcalls.briefInt(bindLong, statement, index, number);
            case Double number -> Downcalls.briefInt(bindDouble, statement, index, number);
            case String text -> bindText(statement, index, text);
            case byte[] bytes -> Downcalls.briefInt(bindBlob, statement, index, bytes);
            default ->
                throw new IllegalArgumentException(
                        "a parameter is null, Long, Double, String or byte[], not " + value.getClass());
        };
    }

    private int bindText(long statement, int index, String text) {
        return RawText.isRaw(text)
                ? Downcalls.briefInt(bindBlob, statement, index, RawText.bytes(text))
                : Downcalls.briefInt(bindText, statement, index, text.getBytes(StandardCharsets.UTF_8));
    }

    int columnCount(long statement) {
        return Downcalls.briefInt(columnCount, statement);
    }

    String columnName(long statement, int index) {
        return text(Downcalls.briefLong(columnName, statement, index));
    }

    int parameterCount(long statement) {
        return Downcalls.briefInt(parameterCount, statement);
    }

    long changes(long connection) {
        return Downcalls.briefLong(changes, connection);
    }

    long lastInsertRowid(long connection) {
        return Downcalls.briefLong(lastInsertRowid, connection);
    }

    SqliteException error(long connection) {
        return new SqliteException(
                text(Downcalls.briefLong(errorMessage, connection)), Downcalls.briefInt(errorCode, connection));
    }

    boolean inTransaction(long connection) {
        return Downcalls.briefInt(inTransaction, connection) != 0;
    }

    /** Any thread may call it while the connection is open. */
    void interrupt(long connection) {
        var _ = Downcalls.briefInt(interrupt, connection);
    }

    void busyTimeout(long connection, int milliseconds) {
        var _ = Downcalls.briefInt(busyTimeout, connection, milliseconds);
    }

    /** What a connection's snapshots are kept in; 0 when memory is short. */
    long openSnapshots(long connection) {
        return Downcalls.longOf(snapshotOpen, connection);
    }

    /** The schema version in a snapshot of the newest state, or an error code below zero. */
    long beginSnapshot(long snapshots) {
        return Downcalls.longOf(snapshotBegin, snapshots);
    }

    int endSnapshot(long snapshots) {
        return Downcalls.intOf(snapshotEnd, snapshots);
    }

    /** Frames in the write-ahead log. */
    long logFrames(long snapshots) {
        return Downcalls.longOf(snapshotFrames, snapshots);
    }

    void closeSnapshots(long snapshots) {
        var _ = Downcalls.intOf(snapshotClose, snapshots);
    }

    private static String text(long address) {
        return address == 0
                ? ""
                : MemorySegment.ofAddress(address).reinterpret(LONGEST_MESSAGE).getString(0);
    }
}
