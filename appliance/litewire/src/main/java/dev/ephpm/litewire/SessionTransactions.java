package dev.ephpm.litewire;

import dev.ephpm.litewire.sqlite.JoinedWrite;
import dev.ephpm.litewire.sqlite.SqliteConnection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Transactions of one session. A transaction takes a reader, with a snapshot, at its first read, and the writer at its first
 * write. Going from one to the other gives the snapshot up: like MySQL's UPDATE, a write sees what others have committed.
 *
 * <p>While others wait for the writer, a transaction whose client is silent steps aside: it is undone, and done again before
 * the client's next statement. When everything comes out as before the client cannot tell; otherwise it is told of a deadlock.
 * Used by the session's thread between {@link #enter} and {@link #leave}; only {@link #stepAside} by others.
 */
final class SessionTransactions implements Transactions {
    private static final String STATEMENT = "litewire_statement";

    private final DatabaseSession database;
    private final BooleanSupplier foreignKeyChecks;
    private final Supplier<Isolation> isolation;
    private final TransactionLog.Repetition repetition;
    private final TransactionLog log = new TransactionLog();
    private final ReentrantLock turn = new ReentrantLock();
    private final List<String> savepoints = new ArrayList<>();
    private final ReservedIds reserved = new ReservedIds();
    private @Nullable SqliteConnection connection;
    private boolean writing;
    private boolean begun;
    private boolean readOnly;
    private boolean autocommit = true;
    private volatile long writingSinceNanos;
    private volatile boolean holdsWriter;
    private volatile long silentSinceNanos;
    private boolean aside;

    /** What the open transaction has written; null when nothing. */
    private @Nullable Claim written;

    private volatile Claim wanted = Claim.UNKNOWN;

    SessionTransactions(
            DatabaseSession database,
            BooleanSupplier foreignKeyChecks,
            Supplier<Isolation> isolation,
            TransactionLog.Repetition repetition) {
        this.database = database;
        this.isolation = isolation;
        this.foreignKeyChecks = foreignKeyChecks;
        this.repetition = repetition;
    }

    /** The session's thread begins to work on a statement. */
    void enter() {
        turn.lock();
    }

    void leave() {
        silentSinceNanos = System.nanoTime();
        turn.unlock();
    }

    /**
     * Gives the writer to those who wait for it, when this session has it, its client has been silent for so many nanoseconds,
     * the transaction can be done again and has written none of the rows the other wants: a row that two transactions write
     * is waited for, as in MySQL. Any thread may call it.
     */
    boolean stepAside(long silentNanos, Claim other) {
        if (!holdsWriter || !turn.tryLock()) {
            return false;
        }
        try {
            boolean silent = System.nanoTime() - silentSinceNanos >= silentNanos;
            boolean conflict = written == null || written.conflicts(other);
            if (!writing || !silent || conflict || !log.repeatable()) {
                return false;
            }
            database.rollback();
            connection = null;
            writing = false;
            holdsWriter = false;
            aside = true;
            return true;
        } finally {
            turn.unlock();
        }
    }

    /** What this session waits to write. Any thread may ask. */
    Claim wanted() {
        return wanted;
    }

    /** Whether answers are to be remembered, because the transaction is the writer, or is to become it with this statement. */
    boolean remembers(boolean write) {
        return (begun || !autocommit) && (writing || write) && log.repeatable();
    }

    /** Remembers what the transaction did as the writer. */
    void remember(TransactionLog.Step.Statement statement) {
        if (writing) {
            log.add(statement);
        }
    }

    /** A statement that touches no table was run. */
    void rememberOutside(String shape) {
        if (writing || aside) {
            log.addOutside(shape);
        }
    }

    /** Takes the writer back and does everything again. 1213 when it comes out differently. */
    private void comeBack() throws SQLException {
        if (!aside) {
            return;
        }
        wanted = written == null ? Claim.UNKNOWN : written;
        SqliteConnection writer = database.beginWrite(foreignKeyChecks.getAsBoolean());
        aside = false;
        connection = writer;
        nowWriting();
        boolean same = false;
        try {
            same = log.repeat(writer, repetition);
        } catch (SQLException | SqlError e) {
            throw SqlErrorCode.DEADLOCK.with();
        } finally {
            if (!same) {
                rollback();
            }
        }
        if (!same) {
            throw SqlErrorCode.DEADLOCK.with();
        }
    }

    private void nowWriting() {
        writing = true;
        writingSinceNanos = System.nanoTime();
        holdsWriter = true;
    }

    /** Work on a connection. */
    interface Work {
        void run(SqliteConnection connection) throws SQLException;
    }

    @Override
    public boolean active() {
        return begun;
    }

    boolean autocommit() {
        return autocommit;
    }

    /** Whether this session has kept the writer since before the given moment. Any thread may ask. */
    boolean holdsWriterSince(long nanos) {
        return holdsWriter && writingSinceNanos - nanos < 0;
    }

    void read(Work work) throws SQLException {
        beginImplicitly();
        comeBack();
        SqliteConnection current = connection == null ? reader() : connection;
        if (begun) {
            work.run(current);
            if (!writing && !isolation.get().repeatsReads()) {
                connection = null;
                database.commit();
            }
            return;
        }
        boolean done = false;
        try {
            work.run(current);
            done = true;
        } finally {
            finish(done);
        }
    }

    /** Work that reads no table: begins nothing, and is part of a transaction only when that holds a connection already. */
    void compute(Work work) throws SQLException {
        if (connection != null) {
            work.run(connection);
            return;
        }
        SqliteConnection lent = database.lendReader();
        try {
            work.run(lent);
        } finally {
            database.rollback();
        }
    }

    private SqliteConnection reader() throws SQLException {
        SqliteConnection reader = database.beginRead();
        connection = reader;
        return reader;
    }

    /**
     * @param claim the rows the work writes
     * @param joins whether the work is short and has no rows to send, so that others can wait for it
     */
    void write(Claim claim, boolean joins, Work work) throws SQLException {
        if (begun && readOnly) {
            throw SqlErrorCode.READ_ONLY_TRANSACTION.with();
        }
        beginImplicitly();
        comeBack();
        wanted = claim;
        if (!begun) {
            try {
                database.write(new Alone(foreignKeyChecks.getAsBoolean(), joins, work));
            } finally {
                forget();
            }
            return;
        }
        SqliteConnection writer = writer(foreignKeyChecks.getAsBoolean());
        written = written == null ? claim : written.and(claim);
        asOneStatement(writer, work);
    }

    /** An autocommitted statement. */
    private final class Alone implements JoinedWrite {
        private final boolean foreignKeys;
        private final boolean joins;
        private final Work work;

        Alone(boolean foreignKeys, boolean joins, Work work) {
            this.foreignKeys = foreignKeys;
            this.joins = joins;
            this.work = work;
        }

        @Override
        public boolean foreignKeys() {
            return foreignKeys;
        }

        @Override
        public boolean joins() {
            return joins;
        }

        @Override
        public void run(SqliteConnection writer) throws SQLException {
            nowWriting();
            try {
                work.run(writer);
            } finally {
                writing = false;
                holdsWriter = false;
            }
        }

        @Override
        public void undone(SqliteConnection writer) {
            reserved.outlive(writer);
        }
    }

    /**
     * Writes inside the open transaction without a savepoint and without checking references: when the work fails, its caller
     * rolls back everything.
     */
    void writeFreely(Work work) throws SQLException {
        beginImplicitly();
        comeBack();
        wanted = Claim.UNKNOWN;
        SqliteConnection writer = writer(false);
        log.giveUp();
        work.run(writer);
    }

    /** A change of the schema commits what was open; the work begins and ends its own transaction on the writer. */
    void changeSchema(Work work) throws SQLException {
        commit();
        wanted = Claim.UNKNOWN;
        boolean done = false;
        try {
            work.run(database.lendWriter());
            done = true;
        } finally {
            finish(done);
        }
    }

    private void beginImplicitly() {
        if (!autocommit && !begun) {
            begun = true;
            readOnly = false;
        }
    }

    private SqliteConnection writer(boolean foreignKeys) throws SQLException {
        SqliteConnection current = connection;
        if (current != null && writing) {
            return current;
        }
        if (current != null) {
            connection = null;
            database.commit();
        }
        SqliteConnection writer = database.beginWrite(foreignKeys);
        connection = writer;
        nowWriting();
        for (String name : savepoints) {
            onWriter("SAVEPOINT " + quoted(name));
        }
        return writer;
    }

    /** Undoes a failed statement alone and keeps the transaction, as MySQL does. */
    private void asOneStatement(SqliteConnection writer, Work work) throws SQLException {
        writer.execute("SAVEPOINT " + STATEMENT);
        boolean done = false;
        try {
            work.run(writer);
            done = true;
        } finally {
            if (done) {
                writer.execute("RELEASE " + STATEMENT);
            } else if (writer.inTransaction()) {
                writer.execute("ROLLBACK TO " + STATEMENT);
                writer.execute("RELEASE " + STATEMENT);
                reserved.outlive(writer);
            } else {
                rollback();
            }
        }
    }

    /** Ends an autocommitted statement. */
    private void finish(boolean successfully) throws SQLException {
        if (successfully) {
            commit();
        } else {
            rollback();
        }
    }

    @Override
    public void begin(boolean onlyReads) throws SQLException {
        commit();
        begun = true;
        readOnly = onlyReads;
    }

    @Override
    public void commit() throws SQLException {
        comeBack();
        forget();
        database.commit();
    }

    @Override
    public void rollback() {
        SqliteConnection current = connection;
        if (current != null && writing) {
            database.undo();
            reserved.outlive(current);
        }
        forget();
        database.rollback();
    }

    private void forget() {
        connection = null;
        writing = false;
        holdsWriter = false;
        begun = false;
        aside = false;
        savepoints.clear();
        written = null;
        log.clear();
        reserved.clear();
    }

    @Override
    public void reserve(String table, long id) {
        reserved.add(table, id);
    }

    @Override
    public void savepoint(String name) throws SQLException {
        beginImplicitly();
        if (!begun) {
            return;
        }
        int same = find(name);
        if (same >= 0) {
            // MySQL moves a savepoint of the same name; SQLite would keep both.
            savepoints.remove(same);
        }
        savepoints.add(name);
        onWriter("SAVEPOINT " + quoted(name));
    }

    @Override
    public void rollbackTo(String name) throws SQLException {
        int index = existing(name);
        savepoints.subList(index + 1, savepoints.size()).clear();
        onWriter("ROLLBACK TO " + quoted(name));
        if (writing && connection != null) {
            reserved.outlive(connection);
        }
    }

    @Override
    public void release(String name) throws SQLException {
        int index = existing(name);
        savepoints.subList(index, savepoints.size()).clear();
        onWriter("RELEASE " + quoted(name));
    }

    /** Does something with savepoints once the transaction is the writer, now and whenever it is done again. */
    private void onWriter(String sql) throws SQLException {
        if (writing && connection != null) {
            connection.execute(sql);
        }
        if (writing || aside) {
            log.add(new TransactionLog.Step.Savepoint(sql));
        }
    }

    private int find(String name) {
        for (int i = 0; i < savepoints.size(); i++) {
            if (savepoints.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    private int existing(String name) {
        int index = find(name);
        if (index < 0) {
            throw SqlErrorCode.NO_SUCH_SAVEPOINT.with(name);
        }
        return index;
    }

    private static String quoted(String name) {
        return "\"savepoint " + name.replace("\"", "\"\"") + "\"";
    }

    @Override
    public void setAutocommit(boolean on) throws SQLException {
        if (on && !autocommit) {
            commit();
        }
        autocommit = on;
    }
}
