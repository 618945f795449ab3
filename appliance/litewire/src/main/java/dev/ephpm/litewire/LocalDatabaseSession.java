package dev.ephpm.litewire;

import dev.ephpm.litewire.sqlite.DatabasePool;
import dev.ephpm.litewire.sqlite.JoinedWrite;
import dev.ephpm.litewire.sqlite.SqliteConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session on a file of this node. */
final class LocalDatabaseSession implements DatabaseSession {
    private static final Logger log = LoggerFactory.getLogger(LocalDatabaseSession.class);

    private final DatabasePool pool;
    private final Supplier<Future<?>> hurry;
    private Duration writerWait;
    private @Nullable SqliteConnection held;
    private boolean writer;
    private @Nullable Thread waiting;
    private long lockNanos;

    /** @param hurry makes others give the writer up, until it is cancelled */
    LocalDatabaseSession(DatabasePool pool, Duration writerWait, Supplier<Future<?>> hurry) {
        this.pool = pool;
        this.hurry = hurry;
        this.writerWait = writerWait;
    }

    @Override
    public SqliteConnection beginRead() throws SQLException {
        SqliteConnection reader = pool.takeReader();
        hold(reader, false);
        try {
            reader.beginSnapshot();
            return reader;
        } catch (SQLException | RuntimeException e) {
            release();
            throw e;
        }
    }

    @Override
    public SqliteConnection lendReader() throws SQLException {
        SqliteConnection reader = pool.takeReader();
        hold(reader, false);
        return reader;
    }

    @Override
    public SqliteConnection beginWrite(boolean foreignKeys) throws SQLException {
        SqliteConnection connection = lendWriter();
        try {
            connection.foreignKeys(foreignKeys);
        } catch (SQLException | RuntimeException e) {
            release();
            throw e;
        }
        return begin(connection, "BEGIN IMMEDIATE");
    }

    @Override
    public SqliteConnection lendWriter() throws SQLException {
        SqliteConnection connection = awaitWriter();
        hold(connection, true);
        return connection;
    }

    @Override
    public void write(JoinedWrite write) throws SQLException {
        awaiting(() -> {
            pool.write(new Held(write), writerWait, hurry);
            return write;
        });
    }

    /** Lets this session be interrupted while its write runs, by whichever thread. */
    private final class Held implements JoinedWrite {
        private final JoinedWrite write;
        private final long askedNanos = System.nanoTime();

        Held(JoinedWrite write) {
            this.write = write;
        }

        @Override
        public boolean foreignKeys() {
            return write.foreignKeys();
        }

        @Override
        public boolean joins() {
            return write.joins();
        }

        @Override
        public void run(SqliteConnection connection) throws SQLException {
            synchronized (LocalDatabaseSession.this) {
                waiting = null;
            }
            lockNanos += System.nanoTime() - askedNanos;
            hold(connection, true);
            try {
                write.run(connection);
            } finally {
                synchronized (LocalDatabaseSession.this) {
                    held = null;
                }
                connection.endStatements();
            }
        }

        @Override
        public void undone(SqliteConnection connection) throws SQLException {
            write.undone(connection);
        }
    }

    private SqliteConnection begin(SqliteConnection connection, String sql) throws SQLException {
        try {
            connection.execute(sql);
            return connection;
        } catch (SQLException | RuntimeException e) {
            release();
            throw e;
        }
    }

    private SqliteConnection awaitWriter() throws SQLException {
        long start = System.nanoTime();
        try {
            return awaiting(() -> pool.takeWriter(writerWait, hurry));
        } finally {
            lockNanos += System.nanoTime() - start;
        }
    }

    private interface Waiting<T> {
        T run() throws SQLException, InterruptedException, TimeoutException;
    }

    private <T> T awaiting(Waiting<T> wait) throws SQLException {
        synchronized (this) {
            waiting = Thread.currentThread();
        }
        try {
            return wait.run();
        } catch (TimeoutException e) {
            throw SqlErrorCode.LOCK_WAIT_TIMEOUT.with();
        } catch (InterruptedException e) {
            throw SqlErrorCode.QUERY_INTERRUPTED.with();
        } finally {
            synchronized (this) {
                waiting = null;
                // A kill that came late must not close the connection's channel at its next read.
                var _ = Thread.interrupted();
            }
        }
    }

    private synchronized void hold(SqliteConnection connection, boolean writing) {
        held = connection;
        writer = writing;
    }

    @Override
    public void commit() throws SQLException {
        SqliteConnection connection = held;
        if (connection == null) {
            return;
        }
        try {
            // A reader keeps its snapshot for the next statement.
            if (writer && connection.inTransaction()) {
                connection.execute("COMMIT");
            }
        } catch (SQLException e) {
            undo(connection);
            throw e;
        } finally {
            release();
        }
    }

    @Override
    public void undo() {
        SqliteConnection connection = held;
        if (connection != null) {
            undo(connection);
        }
    }

    @Override
    public void rollback() {
        undo();
        release();
    }

    private static void undo(SqliteConnection connection) {
        try {
            // Some errors, a full disk among them, have made SQLite undo everything already.
            if (connection.inTransaction()) {
                connection.execute("ROLLBACK");
            }
        } catch (SQLException e) {
            log.warn("rolling back failed; the connection is closed instead", e);
        }
    }

    private void release() {
        SqliteConnection connection = held;
        boolean writing = writer;
        synchronized (this) {
            held = null;
        }
        if (connection != null) {
            connection.endStatements();
        }
        if (connection != null && writing) {
            pool.giveBackWriter(connection);
        } else if (connection != null) {
            pool.giveBackReader(connection);
        }
    }

    @Override
    public void lockWait(Duration wait) {
        writerWait = wait;
    }

    @Override
    public long takeLockNanos() {
        long waited = lockNanos;
        lockNanos = 0;
        return waited;
    }

    @Override
    public synchronized void interrupt() {
        if (waiting != null) {
            waiting.interrupt();
        }
        if (held != null) {
            held.interrupt();
        }
    }
}
