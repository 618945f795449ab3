package dev.ephpm.litewire.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.litewire.LitewireException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestLibrary.class)
final class DatabasePoolTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final TestLibrary way;

    @TempDir
    Path directory;

    private final AtomicInteger preparations = new AtomicInteger();
    private DatabasePool pool;

    DatabasePoolTest(TestLibrary way) {
        this.way = way;
    }

    @BeforeEach
    void make() {
        pool = pool(directory.resolve("a.db"));
    }

    private DatabasePool pool(Path file) {
        return new DatabasePool(
                new FileSource(way.library(), new DatabaseFile(file, "normal"), (_, _) -> {}), connection -> {
                    preparations.incrementAndGet();
                    connection.execute("CREATE TABLE IF NOT EXISTS t(a)");
                });
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void opensNothingUntilAsked() throws SQLException {
        assertThat(directory.resolve("a.db")).doesNotExist();

        pool.giveBackReader(pool.takeReader());

        assertThat(directory.resolve("a.db")).exists();
    }

    @Test
    void preparesTheFileOnceAndUsesConnectionsAgain() throws SQLException {
        SqliteConnection first = pool.takeReader();
        pool.giveBackReader(first);
        SqliteConnection second = pool.takeReader();

        assertThat(second).isSameAs(first);
        assertThat(preparations).hasValue(1);
        pool.giveBackReader(second);
    }

    @Test
    void aConnectionGivenBackInATransactionIsNotUsedAgain() throws SQLException {
        SqliteConnection dirty = pool.takeReader();
        dirty.execute("BEGIN");
        pool.giveBackReader(dirty);

        SqliteConnection next = pool.takeReader();

        assertThat(next).isNotSameAs(dirty);
        assertThat(next.inTransaction()).isFalse();
        pool.giveBackReader(next);
    }

    @Test
    void thereIsOneWriterAndAWaitForItEnds() throws Exception {
        SqliteConnection writer = pool.takeWriter(LONG, CompletableFuture::new);

        assertThatThrownBy(() -> pool.takeWriter(Duration.ofMillis(50), CompletableFuture::new))
                .isInstanceOf(TimeoutException.class);

        pool.giveBackWriter(writer);
        pool.giveBackWriter(pool.takeWriter(LONG, CompletableFuture::new));
    }

    @Test
    void writersAreServedInTheOrderTheyAsked() throws Exception {
        SqliteConnection writer = pool.takeWriter(LONG, CompletableFuture::new);
        List<Integer> served = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int number = i;
            threads.add(Thread.ofPlatform().start(() -> serve(served, number)));
            while (pool.waitingWriters() <= i) {
                Thread.onSpinWait();
            }
        }
        pool.giveBackWriter(writer);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(served).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    private void serve(List<Integer> served, int number) {
        try {
            SqliteConnection mine = pool.takeWriter(LONG, CompletableFuture::new);
            served.add(number);
            pool.giveBackWriter(mine);
        } catch (SQLException | InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void idleConnectionsAreClosedAndTheLogIsFolded() throws Exception {
        SqliteConnection reader = pool.takeReader();
        SqliteConnection writer = pool.takeWriter(LONG, CompletableFuture::new);
        writer.execute("INSERT INTO t VALUES(1)");
        pool.giveBackWriter(writer);
        assertThat(pool.closeIdle(Duration.ofHours(1))).isFalse();
        pool.giveBackReader(reader);

        assertThat(pool.closeIdle(Duration.ZERO)).isTrue();

        assertThat(Files.exists(directory.resolve("a.db-wal"))).isFalse();
    }

    @Test
    void placesThatCannotHoldADatabaseAreSaidClearly() throws Exception {
        Path missing = directory.resolve("nowhere").resolve("a.db");
        assertThatThrownBy(() -> pool(missing).takeReader())
                .isInstanceOf(LitewireException.class)
                .hasMessageContaining("cannot create the database " + missing);
        assertThatThrownBy(() -> pool(directory).takeReader())
                .isInstanceOf(LitewireException.class)
                .hasMessageContaining("is not a file");
    }
}
