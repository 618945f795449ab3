package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one site's file: one writer, lent in the order of asking, and as many readers as sessions ask for (their
 * number is limited above). Nothing is open until it is needed, and what is idle for long is closed. Thread-safe.
 */
public final class DatabasePool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DatabasePool.class);

    /** SQLite begins to copy the log into the file at 1000 frames, and kept snapshots would hold it up. */
    private static final long LONG_LOG = 900;

    private final DatabaseSource source;
    private final Opening opening;
    private final WriterTurns turns = new WriterTurns();
    private final Deque<Idle> idleReaders = new ArrayDeque<>();
    private @Nullable Idle idleWriter;
    private boolean prepared;
    private boolean closed;

    public DatabasePool(DatabaseSource source, Opening opening) {
        this.source = source;
        this.opening = opening;
    }

    /** Prepares the file when it is opened for the first time by this process, for example by adding tables. */
    @FunctionalInterface
    public interface Opening {
        void prepare(SqliteConnection connection) throws SQLException;
    }

    private record Idle(SqliteConnection connection, long sinceNanos) {}

    /** A connection for reading; the caller gives it back outside any transaction but its snapshot, which may be kept. */
    public SqliteConnection takeReader() throws SQLException {
        long generation = source.gate().pass();
        Idle idle = idleReader();
        while (idle != null) {
            if (idle.connection().generation() == generation) {
                return idle.connection();
            }
            close(idle.connection());
            idle = idleReader();
        }
        prepareOnce();
        SqliteConnection reader = source.reader();
        reader.generation(generation);
        return reader;
    }

    private synchronized @Nullable Idle idleReader() {
        return idleReaders.pollFirst();
    }

    public void giveBackReader(SqliteConnection reader) {
        synchronized (this) {
            if (!closed && reader.lendable()) {
                idleReaders.addFirst(new Idle(reader, System.nanoTime()));
                return;
            }
        }
        close(reader);
    }

    /**
     * The writer, after everybody who asked before. Throws TimeoutException when that takes longer than {@code wait}.
     *
     * @param meanwhile begins what is to go on while there is somebody to wait for; it is cancelled afterwards
     */
    public SqliteConnection takeWriter(Duration wait, Supplier<Future<?>> meanwhile)
            throws SQLException, InterruptedException, TimeoutException {
        WriterTurns.Turn turn = turns.ask(null);
        await(turn, wait, meanwhile);
        return writer();
    }

    /**
     * Does the write in a transaction, after everybody who asked before, or has it done in the transaction of somebody who has
     * the writer. Throws what it fails with, and what {@link #takeWriter} throws.
     */
    public void write(JoinedWrite write, Duration wait, Supplier<Future<?>> meanwhile)
            throws SQLException, InterruptedException, TimeoutException {
        WriterTurns.Turn turn = turns.ask(write.joins() ? write : null);
        await(turn, wait, meanwhile);
        if (turn.isDone()) {
            return;
        }
        SqliteConnection writer = writer();
        JoinedTransaction transaction = new JoinedTransaction(writer, turns);
        try {
            transaction.run(write);
        } finally {
            giveBackWriter(writer);
            transaction.tell();
        }
    }

    private void await(WriterTurns.Turn turn, Duration wait, Supplier<Future<?>> meanwhile)
            throws InterruptedException, TimeoutException {
        if (!WriterTurns.mustWait(turn)) {
            return;
        }
        Future<?> going = meanwhile.get();
        try {
            turns.await(turn, wait);
        } finally {
            going.cancel(false);
        }
    }

    /** To be called by whose turn it is. */
    private SqliteConnection writer() throws SQLException {
        try {
            synchronized (this) {
                if (idleWriter != null) {
                    SqliteConnection writer = idleWriter.connection();
                    idleWriter = null;
                    return writer;
                }
            }
            prepareOnce();
            return source.writer();
        } catch (SQLException | RuntimeException | Error e) {
            turns.pass();
            throw e;
        }
    }

    public void giveBackWriter(SqliteConnection writer) {
        boolean kept;
        synchronized (this) {
            kept = !closed && writer.usable() && !writer.inTransaction();
            if (kept) {
                idleWriter = new Idle(writer, System.nanoTime());
                if (writer.logFrames() >= LONG_LOG) {
                    idleReaders.forEach(idle -> idle.connection().endSnapshot());
                }
            }
        }
        if (!kept) {
            close(writer);
        }
        turns.pass();
    }

    /** How many wait for the writer. */
    public int waitingWriters() {
        return turns.waiting();
    }

    /** Creates and prepares the file unless this has been done. Throws what is wrong with it. */
    public synchronized void prepareOnce() throws SQLException {
        if (prepared) {
            return;
        }
        Optional<SqliteConnection> reader = source.prepare(opening);
        prepared = true;
        reader.ifPresent(connection -> idleReaders.addFirst(new Idle(connection, System.nanoTime())));
    }

    /** Ends snapshots nobody has used for this long: other processes cannot empty the log meanwhile. */
    public synchronized void endSnapshots(Duration age) {
        long before = System.nanoTime() - age.toNanos();
        for (Idle idle : idleReaders) {
            if (idle.sinceNanos() - before <= 0) {
                idle.connection().endSnapshot();
            }
        }
    }

    /** Closes connections nobody has used for this long; true when none is left open and idle. */
    public boolean closeIdle(Duration age) {
        long now = System.nanoTime();
        List<SqliteConnection> old = new ArrayList<>();
        boolean empty;
        synchronized (this) {
            // The least recently used is last.
            while (!idleReaders.isEmpty() && now - idleReaders.getLast().sinceNanos() >= age.toNanos()) {
                old.add(idleReaders.removeLast().connection());
            }
            if (idleWriter != null && now - idleWriter.sinceNanos() >= age.toNanos()) {
                old.add(idleWriter.connection());
                idleWriter = null;
            }
            empty = idleReaders.isEmpty() && idleWriter == null;
        }
        old.forEach(DatabasePool::close);
        return empty;
    }

    private static void close(SqliteConnection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log.warn("closing a SQLite connection failed", e);
        }
    }

    /** Closes idle connections now and the others when they are given back. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        var _ = closeIdle(Duration.ZERO);
    }
}
