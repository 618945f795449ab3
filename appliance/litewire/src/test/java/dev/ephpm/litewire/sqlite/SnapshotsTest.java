package dev.ephpm.litewire.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Snapshots that are kept from one statement to the next show the newest state and are in nobody's way. */
@ParameterizedClass
@EnumSource(TestLibrary.class)
final class SnapshotsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int COMMITS_OF_A_LONG_LOG = 1100;

    private final TestLibrary way;

    @TempDir
    Path directory;

    private DatabasePool pool;

    SnapshotsTest(TestLibrary way) {
        this.way = way;
    }

    @BeforeEach
    void make() {
        pool = new DatabasePool(
                new FileSource(way.library(), new DatabaseFile(directory.resolve("a.db"), "normal"), (_, _) -> {}),
                connection -> connection.execute("CREATE TABLE t(a)"));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void aKeptSnapshotIsUsedAgainUntilSomebodyCommits() throws Exception {
        assertThat(rows()).isZero();
        assertThat(rows()).isZero();

        write("INSERT INTO t VALUES(1)");
        assertThat(rows()).isOne();

        write("INSERT INTO t VALUES(2)");
        assertThat(rows()).isEqualTo(2);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void theSnapshotOfATransactionStaysWhenOthersCommit() throws Exception {
        SqliteConnection reader = reader();
        assertThat(count(reader)).isZero();
        write("INSERT INTO t VALUES(1)");

        assertThat(count(reader)).isZero();

        pool.giveBackReader(reader);
        assertThat(rows()).isOne();
    }

    @Test
    void aCommitOfAnotherProcessIsSeen() throws Exception {
        assertThat(rows()).isZero();
        assertThat(rows()).isZero();

        other("INSERT INTO t VALUES(1)");

        assertThat(rows()).isOne();
    }

    @Test
    void theSchemaVersionIsThatOfTheSnapshot() throws Exception {
        SqliteConnection reader = reader();
        long before = reader.schemaVersion();
        write("CREATE TABLE u(a)");
        assertThat(reader.schemaVersion()).isEqualTo(before);
        pool.giveBackReader(reader);

        SqliteConnection next = reader();
        assertThat(next).isSameAs(reader);
        assertThat(next.schemaVersion()).isGreaterThan(before);
        pool.giveBackReader(next);
    }

    @Test
    void anEndedSnapshotKeepsNobodyFromEmptyingTheLog() throws Exception {
        write("INSERT INTO t VALUES(1)");
        assertThat(rows()).isOne();
        write("INSERT INTO t VALUES(2)");
        // The driver alone cannot see whether a snapshot is still the newest, so it is not kept beyond a commit.
        boolean kept = way == TestLibrary.NATIVE;
        assertThat(emptiesTheLog()).isEqualTo(!kept);

        pool.endSnapshots(Duration.ofHours(1));
        assertThat(emptiesTheLog()).isEqualTo(!kept);

        pool.endSnapshots(Duration.ZERO);
        assertThat(emptiesTheLog()).isTrue();
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void aLongLogEndsKeptSnapshotsSoThatItStaysShort() throws Exception {
        assertThat(rows()).isZero();
        for (int i = 0; i < 3 * COMMITS_OF_A_LONG_LOG; i++) {
            write("INSERT INTO t VALUES(" + i + ")");
        }

        long bytes = Files.size(directory.resolve("a.db-wal"));
        assertThat(bytes).isLessThan(2L * COMMITS_OF_A_LONG_LOG * 4096);
    }

    private SqliteConnection reader() throws SQLException {
        SqliteConnection reader = pool.takeReader();
        reader.beginSnapshot();
        return reader;
    }

    private long rows() throws SQLException {
        SqliteConnection reader = reader();
        try {
            return count(reader);
        } finally {
            pool.giveBackReader(reader);
        }
    }

    private static long count(SqliteConnection reader) throws SQLException {
        try (SqliteCursor cursor = reader.query("SELECT count(*) FROM t", List.of())) {
            return cursor.next() && cursor.value(0) instanceof Long rows ? rows : -1;
        }
    }

    private void write(String sql) throws Exception {
        SqliteConnection writer = pool.takeWriter(LONG, CompletableFuture::new);
        try {
            writer.execute(sql);
        } finally {
            pool.giveBackWriter(writer);
        }
    }

    private void other(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean emptiesTheLog() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            try (ResultSet busy = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                return busy.next() && busy.getInt(1) == 0;
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("a.db"));
    }
}
