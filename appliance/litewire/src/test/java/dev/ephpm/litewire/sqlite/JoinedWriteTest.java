package dev.ephpm.litewire.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestLibrary.class)
final class JoinedWriteTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final TestLibrary way;
    private final ExecutorService clients =
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());

    @TempDir
    Path directory;

    private DatabasePool pool;

    JoinedWriteTest(TestLibrary way) {
        this.way = way;
    }

    @BeforeEach
    void make() {
        DatabaseFile file = new DatabaseFile(directory.resolve("a.db"), "normal");
        pool = new DatabasePool(
                new FileSource(way.library(), file, (_, _) -> {}),
                connection -> connection.execute("CREATE TABLE IF NOT EXISTS t(a INTEGER PRIMARY KEY)"));
    }

    @AfterEach
    void close() {
        clients.shutdownNow();
        pool.close();
    }

    /** Inserts one number. */
    private static class Insert implements JoinedWrite {
        private final int number;
        private final boolean foreignKeys;
        private final boolean joins;
        private final List<Thread> threads = new ArrayList<>();
        private int undone;

        Insert(int number, boolean foreignKeys, boolean joins) {
            this.number = number;
            this.foreignKeys = foreignKeys;
            this.joins = joins;
        }

        Insert(int number) {
            this(number, true, true);
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
            threads.add(Thread.currentThread());
            var _ = writer.update("INSERT INTO t VALUES (?1)", List.of((long) number));
        }

        @Override
        public void undone(SqliteConnection writer) {
            undone++;
        }
    }

    private Future<?> begin(JoinedWrite write, Duration wait) {
        int before = pool.waitingWriters();
        Future<?> running = clients.submit(() -> {
            pool.write(write, wait, CompletableFuture::new);
            return null;
        });
        while (pool.waitingWriters() <= before && !running.isDone()) {
            Thread.onSpinWait();
        }
        return running;
    }

    private List<Future<?>> beginAll(List<Insert> inserts) {
        List<Future<?>> running = new ArrayList<>();
        inserts.forEach(insert -> running.add(begin(insert, LONG)));
        return running;
    }

    private static void end(List<Future<?>> running) throws Exception {
        for (Future<?> one : running) {
            one.get(30, TimeUnit.SECONDS);
        }
    }

    private List<Long> rows() throws SQLException {
        SqliteConnection reader = pool.takeReader();
        List<Long> rows = new ArrayList<>();
        try (SqliteCursor cursor = reader.query("SELECT a FROM t ORDER BY a", List.of())) {
            while (cursor.next()) {
                rows.add((Long) cursor.value(0));
            }
        }
        pool.giveBackReader(reader);
        return rows;
    }

    private static Set<Thread> threads(List<Insert> inserts) {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        inserts.forEach(insert -> threads.addAll(insert.threads));
        return threads;
    }

    @Test
    void oneThreadWritesForAllThatWait() throws Exception {
        SqliteConnection writer = pool.takeWriter(LONG, CompletableFuture::new);
        List<Insert> inserts = List.of(new Insert(1), new Insert(2), new Insert(3));
        List<Future<?>> running = beginAll(inserts);

        pool.giveBackWriter(writer);
        end(running);

        assertThat(rows()).containsExactly(1L, 2L, 3L);
        assertThat(threads(inserts)).hasSize(1);
    }

    @Test
    void aWriteThatFailsIsUndoneAloneAndToldAlone() throws Exception {
        SqliteConnection writer = pool.takeWriter(LONG, CompletableFuture::new);
        Insert wrong = new Insert(1);
        List<Future<?>> running = beginAll(List.of(new Insert(1), wrong, new Insert(2)));

        pool.giveBackWriter(writer);
        running.get(0).get();
        running.get(2).get();

        assertThatThrownBy(running.get(1)::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(SqliteException.class);
        assertThat(wrong.undone).isEqualTo(1);
        assertThat(rows()).containsExactly(1L, 2L);
    }

    @Test
    void aFirstWriteThatFailsTakesNobodyAlong() throws Exception {
        pool.write(new Insert(1), LONG, CompletableFuture::new);
        SqliteConnection writer = pool.takeWriter(LONG, CompletableFuture::new);
        List<Future<?>> running = beginAll(List.of(new Insert(1), new Insert(2)));

        pool.giveBackWriter(writer);
        running.get(1).get();

        assertThatThrownBy(running.get(0)::get).hasRootCauseInstanceOf(SqliteException.class);
        assertThat(rows()).containsExactly(1L, 2L);
    }

    @Test
    void whatMakesSqliteEndTheTransactionUndoesAllOfItAndAllAreTold() throws Exception {
        SqliteConnection writer = pool.takeWriter(LONG, CompletableFuture::new);
        Insert first = new Insert(1);
        Insert second = new Insert(2);
        Insert ending = new Insert(3) {
            @Override
            public void run(SqliteConnection connection) throws SQLException {
                super.run(connection);
                connection.execute("ROLLBACK");
                throw new SQLException("the disk is full");
            }
        };
        Insert later = new Insert(4);
        List<Future<?>> running = beginAll(List.of(first, second, ending, later));

        pool.giveBackWriter(writer);
        running.get(3).get();

        assertThatThrownBy(running.get(0)::get).hasRootCauseInstanceOf(UndoneTogetherException.class);
        assertThatThrownBy(running.get(1)::get).hasRootCauseInstanceOf(UndoneTogetherException.class);
        assertThatThrownBy(running.get(2)::get).hasRootCauseMessage("the disk is full");
        assertThat(List.of(first.undone, second.undone)).containsExactly(1, 1);
        assertThat(rows()).containsExactly(4L);
    }

    @Test
    void whoWantsTheWriterAloneOrOtherChecksIsNotJoinedNorOvertaken() throws Exception {
        SqliteConnection writer = pool.takeWriter(LONG, CompletableFuture::new);
        Insert alone = new Insert(2, true, false);
        Insert unchecked = new Insert(3, false, true);
        List<Insert> inserts = List.of(new Insert(1), alone, unchecked, new Insert(4));
        List<Future<?>> running = beginAll(inserts);

        pool.giveBackWriter(writer);
        end(running);

        assertThat(rows()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(threads(inserts)).hasSize(4);
    }

    @Test
    void soManyAreJoinedAndNoMore() throws Exception {
        SqliteConnection writer = pool.takeWriter(LONG, CompletableFuture::new);
        List<Insert> inserts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            inserts.add(new Insert(i));
        }
        List<Future<?>> running = beginAll(inserts);

        pool.giveBackWriter(writer);
        end(running);

        assertThat(rows()).hasSize(100);
        assertThat(threads(inserts)).hasSizeBetween(2, 50);
    }

    @Test
    void aWaitEndsAndTheOthersDoNotWriteForIt() throws Exception {
        SqliteConnection writer = pool.takeWriter(LONG, CompletableFuture::new);
        Future<?> impatient = begin(new Insert(1), Duration.ofMillis(50));

        assertThatThrownBy(impatient::get).hasCauseInstanceOf(TimeoutException.class);
        pool.giveBackWriter(writer);
        pool.write(new Insert(2), LONG, CompletableFuture::new);

        assertThat(rows()).containsExactly(2L);
    }

    @Test
    void anInterruptedWaitLeavesTheQueue() throws Exception {
        SqliteConnection writer = pool.takeWriter(LONG, CompletableFuture::new);
        Future<?> killed = begin(new Insert(1), LONG);

        killed.cancel(true);
        while (pool.waitingWriters() > 0) {
            Thread.onSpinWait();
        }
        pool.giveBackWriter(writer);
        pool.write(new Insert(2), LONG, CompletableFuture::new);

        assertThat(rows()).containsExactly(2L);
    }
}
