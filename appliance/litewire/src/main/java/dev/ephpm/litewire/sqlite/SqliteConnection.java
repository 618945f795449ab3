package dev.ephpm.litewire.sqlite;

import java.lang.foreign.MemorySegment;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One guarded connection to a site's file. One thread at a time, except {@link #interrupt()}. */
public final class SqliteConnection implements SqliteHandle, AutoCloseable {
    private static final int CACHED_STATEMENTS = 256;

    private final LibraryConnection connection;
    private final StatementCache statements = new StatementCache(CACHED_STATEMENTS);
    private final Set<PreparedStatement> running = new HashSet<>();
    private String lastText = "";
    private boolean foreignKeys = true;
    private boolean snapshot;
    private long snapshotVersion;
    private boolean closed;
    private long generation;

    private SqliteConnection(LibraryConnection connection) {
        this.connection = connection;
    }

    /** Opens the file, guards the connection and lets {@code functions} add SQL functions. */
    public static SqliteConnection open(SqliteLibrary library, DatabaseFile file, FunctionRegistration functions)
            throws SQLException {
        FileConnection connection = library.connect(file);
        try {
            functions.register(connection.driver(), connection.functions());
            return new SqliteConnection(connection);
        } catch (SQLException | RuntimeException e) {
            Closing.after(e, connection.driver());
            throw e;
        }
    }

    /**
     * The writer of a database that only another server may write.
     *
     * @param committed is told the log's frame after each commit
     * @param here opens a connection of this process, which computes what the server cannot
     */
    public static SqliteConnection remote(
            RemoteDatabase database, RemoteFunctions functions, LongConsumer committed, Local here)
            throws SQLException {
        return new SqliteConnection(new RemoteConnection(database.open(), functions, committed, here));
    }

    /** Opens a connection of this process with all functions. */
    @FunctionalInterface
    public interface Local {
        SqliteConnection open() throws SQLException;
    }

    /** Of the file this is a connection to. */
    long generation() {
        return generation;
    }

    void generation(long number) {
        generation = number;
    }

    @Override
    public SqliteCursor query(String sql, List<@Nullable Object> parameters) throws SQLException {
        PreparedStatement statement = statements.take(connection, sql);
        Cursor cursor = new Cursor(sql, statement);
        start(sql, statement, parameters);
        return cursor;
    }

    /** The text run last. */
    public String lastText() {
        return lastText;
    }

    private void start(String sql, PreparedStatement statement, List<@Nullable Object> parameters) throws SQLException {
        lastText = sql;
        running.add(statement);
        try {
            statement.start(parameters);
        } catch (SQLException | RuntimeException e) {
            giveBack(sql, statement);
            throw e;
        }
    }

    private void giveBack(String sql, PreparedStatement statement) {
        if (running.remove(statement)) {
            statements.giveBack(sql, statement);
        }
    }

    @Override
    public long update(String sql, List<@Nullable Object> parameters) throws SQLException {
        PreparedStatement statement = statements.take(connection, sql);
        start(sql, statement, parameters);
        try {
            boolean row = statement.step();
            while (row) {
                row = statement.step();
            }
            return connection.changes();
        } finally {
            giveBack(sql, statement);
        }
    }

    @Override
    public long lastInsertRowid() throws SQLException {
        return connection.lastInsertRowid();
    }

    /** Runs text without parameters whose result does not matter: BEGIN, COMMIT, SAVEPOINT … */
    public void execute(String sql) throws SQLException {
        var _ = update(sql, List.of());
    }

    /** Whether references are checked; to be set outside a transaction only. */
    public void foreignKeys(boolean checked) throws SQLException {
        if (foreignKeys != checked) {
            // Expensive: SQLite prepares every statement of the connection again.
            execute(checked ? "PRAGMA foreign_keys = 1" : "PRAGMA foreign_keys = 0");
            foreignKeys = checked;
        }
    }

    /**
     * Begins a read transaction that shows the newest state. The transaction may be that of an earlier call, when nobody has
     * committed since.
     */
    public void beginSnapshot() throws SQLException {
        snapshot = false;
        snapshotVersion = connection.beginSnapshot();
        snapshot = true;
    }

    /** Ends a snapshot that was kept, because it keeps the write-ahead log from being emptied. */
    void endSnapshot() {
        if (snapshot) {
            snapshot = !connection.endSnapshot();
        }
    }

    /** Whether the connection can be lent to somebody else: no transaction is open but a kept snapshot. */
    boolean lendable() {
        return snapshot || !inTransaction();
    }

    /** False when it has lost its server and is to be closed. */
    boolean usable() {
        return connection.usable();
    }

    /** Frames in the write-ahead log. */
    long logFrames() {
        return connection.logFrames();
    }

    /** SQLite's counter of schema changes, by whomever; part of the snapshot when a transaction is open. */
    public long schemaVersion() throws SQLException {
        if (snapshot) {
            return snapshotVersion;
        }
        try (SqliteCursor cursor = query("PRAGMA schema_version", List.of())) {
            return cursor.next() && cursor.value(0) instanceof Long version ? version : 0;
        }
    }

    /** Whether a transaction is open on this connection. SQLite ends one by itself after some errors. */
    public boolean inTransaction() {
        return connection.inTransaction();
    }

    /** How long SQLite itself waits for locks of other processes. */
    public void busyTimeout(Duration timeout) {
        connection.busyTimeout((int) Math.min(timeout.toMillis(), Integer.MAX_VALUE));
    }

    /** Makes the running statement fail with {@link ResultCode#INTERRUPT}. Any thread may call it. */
    public synchronized void interrupt() {
        if (!closed) {
            connection.interrupt();
        }
    }

    /** Ends statements whose cursors were left open, for they would hold the snapshot. */
    public void endStatements() {
        for (PreparedStatement statement : List.copyOf(running)) {
            running.remove(statement);
            statement.reset();
            statements.closeUnlessKept(statement);
        }
    }

    /** Forgets prepared statements, which pin what they read when the schema has changed. */
    public void forgetStatements() {
        statements.clear();
    }

    @Override
    public synchronized void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        running.forEach(PreparedStatement::close);
        statements.closeExcept(running);
        endSnapshot();
        connection.close();
    }

    /** Adds SQL functions written in Java to a new connection. */
    @FunctionalInterface
    public interface FunctionRegistration {
        /** @param present names of functions that are there already, in C */
        void register(Connection connection, Set<String> present) throws SQLException;
    }

    private final class Cursor implements SqliteCursor {
        private final String sql;
        private final PreparedStatement statement;
        private boolean open = true;

        Cursor(String sql, PreparedStatement statement) {
            this.sql = sql;
            this.statement = statement;
        }

        @Override
        public boolean next() throws SQLException {
            return open && statement.step();
        }

        @Override
        public int columnCount() {
            return statement.columnCount();
        }

        @Override
        public String columnName(int index) {
            return statement.columnName(index);
        }

        @Override
        public @Nullable Object value(int index) {
            return statement.value(index);
        }

        @Override
        public boolean encodes() {
            return statement.encodes();
        }

        @Override
        public EncodedRows encode(RowFormat format, boolean isBinary, boolean skip, MemorySegment target, int sequence)
                throws SQLException {
            return statement.encode(format, isBinary, skip, target, sequence);
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                giveBack(sql, statement);
            }
        }
    }
}
