package dev.ephpm.litewire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.litewire.sqlite.TestLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions, waiting, killing and limits, with several clients at once. */
@ParameterizedClass
@EnumSource(TestLibrary.class)
final class SessionsIT {
    private static final int WRITERS = 16;
    private static final Duration WRITING = Duration.ofSeconds(4);

    private final TestLibrary way;

    @TempDir
    Path directory;

    private final AtomicReference<Runnable> pause = new AtomicReference<>(() -> {});
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private TestServer server;

    SessionsIT(TestLibrary way) {
        this.way = way;
    }

    @BeforeEach
    void start() throws SQLException {
        server = server(Duration.ofSeconds(20), 64);
        try (Connection connection = server.connect("")) {
            execute(connection, "CREATE TABLE t(id INTEGER PRIMARY KEY, v)");
        }
    }

    private TestServer server(Duration writerWait, int mostPerSite) {
        return new TestServer(
                way, directory, () -> new PlainEngine(() -> pause.get().run()), writerWait, mostPerSite);
    }

    @AfterEach
    void stop() {
        clients.shutdownNow();
        server.close();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void assertError(int number, ThrowingRun run) {
        assertThatThrownBy(run::run)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(number));
    }

    private interface ThrowingRun {
        void run() throws Exception;
    }

    @Test
    void sixteenWritersLoseNothingAndNobodyStarves() throws Exception {
        long end = System.nanoTime() + WRITING.toNanos();
        List<Future<Integer>> counts = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            counts.add(clients.submit(() -> writeUntil(end)));
        }
        int total = 0;
        for (Future<Integer> count : counts) {
            int written = count.get(60, TimeUnit.SECONDS);
            assertThat(written).isPositive();
            total += written;
        }
        try (Connection connection = server.connect("")) {
            assertThat(value(connection, "SELECT count(*) FROM t")).isEqualTo(Integer.toString(total));
        }
    }

    private int writeUntil(long end) throws SQLException {
        int written = 0;
        try (Connection connection = server.connect("")) {
            while (System.nanoTime() < end) {
                if (written % 3 == 0) {
                    execute(connection, "BEGIN");
                    value(connection, "SELECT count(*) FROM t");
                    execute(connection, "INSERT INTO t(v) VALUES(1)");
                    execute(connection, "COMMIT");
                } else {
                    execute(connection, "INSERT INTO t(v) VALUES(1)");
                }
                written++;
            }
        }
        return written;
    }

    @Test
    void leavingInATransactionUndoesIt() throws Exception {
        RawClient client = RawClient.unix(server.socket());
        client.logIn("a", TestServer.PASSWORD);
        client.query("BEGIN");
        client.query("INSERT INTO t(v) VALUES('lost')");
        client.close();

        try (Connection connection = server.connect("")) {
            execute(connection, "INSERT INTO t(v) VALUES('kept')");
            assertThat(value(connection, "SELECT group_concat(v) FROM t")).isEqualTo("kept");
        }
    }

    @Test
    void aTransactionSeesItselfAndOthersSeeItAfterwards() throws SQLException {
        try (Connection one = server.connect("");
                Connection other = server.connect("")) {
            execute(one, "BEGIN");
            execute(one, "INSERT INTO t(v) VALUES(1)");
            assertThat(value(one, "SELECT count(*) FROM t")).isEqualTo("1");
            assertThat(value(other, "SELECT count(*) FROM t")).isEqualTo("0");
            execute(one, "COMMIT");
            assertThat(value(other, "SELECT count(*) FROM t")).isEqualTo("1");
        }
    }

    @Test
    void readsOfATransactionAreOneSnapshotUntilItWrites() throws SQLException {
        try (Connection one = server.connect("");
                Connection other = server.connect("")) {
            execute(one, "BEGIN");
            assertThat(value(one, "SELECT count(*) FROM t")).isEqualTo("0");
            execute(other, "INSERT INTO t(v) VALUES(1)");
            assertThat(value(one, "SELECT count(*) FROM t")).isEqualTo("0");
            execute(one, "UPDATE t SET v = v + 1");
            assertThat(value(one, "SELECT max(v) FROM t")).isEqualTo("2");
            execute(one, "ROLLBACK");
            assertThat(value(one, "SELECT max(v) FROM t")).isEqualTo("1");
        }
    }

    @Test
    void savepointsSetBeforeTheFirstWriteWork() throws SQLException {
        try (Connection connection = server.connect("")) {
            execute(connection, "BEGIN");
            execute(connection, "SAVEPOINT a");
            execute(connection, "INSERT INTO t(v) VALUES(1)");
            execute(connection, "SAVEPOINT b");
            execute(connection, "INSERT INTO t(v) VALUES(2)");
            execute(connection, "ROLLBACK TO b");
            assertThat(value(connection, "SELECT group_concat(v) FROM t")).isEqualTo("1");
            execute(connection, "ROLLBACK TO A");
            assertThat(value(connection, "SELECT count(*) FROM t")).isEqualTo("0");
            assertError(1305, () -> execute(connection, "ROLLBACK TO b"));
            execute(connection, "COMMIT");
        }
    }

    @Test
    void aFailedStatementUndoesItselfOnly() throws SQLException {
        try (Connection connection = server.connect("")) {
            execute(connection, "BEGIN");
            execute(connection, "INSERT INTO t VALUES(1, 'first')");
            assertError(1062, () -> execute(connection, "INSERT INTO t VALUES(2, 'x'), (1, 'y')"));
            execute(connection, "INSERT INTO t VALUES(3, 'third')");
            execute(connection, "COMMIT");
            assertThat(value(connection, "SELECT group_concat(v) FROM t")).isEqualTo("first,third");
        }
    }

    @Test
    void autocommitOffBeginsByItself() throws SQLException {
        try (Connection one = server.connect("");
                Connection other = server.connect("")) {
            execute(one, "SET autocommit = 0");
            execute(one, "INSERT INTO t(v) VALUES(1)");
            assertThat(value(other, "SELECT count(*) FROM t")).isEqualTo("0");
            execute(one, "SET autocommit = 1");
            assertThat(value(other, "SELECT count(*) FROM t")).isEqualTo("1");
        }
    }

    @Test
    void schemaChangesCommit() throws SQLException {
        try (Connection one = server.connect("");
                Connection other = server.connect("")) {
            execute(one, "BEGIN");
            execute(one, "INSERT INTO t(v) VALUES(1)");
            execute(one, "CREATE TABLE u(a)");
            assertThat(value(other, "SELECT count(*) FROM t")).isEqualTo("1");
            assertThat(value(other, "SELECT count(*) FROM u")).isEqualTo("0");
        }
    }

    @Test
    void readOnlyTransactionsRefuseWrites() throws SQLException {
        try (Connection connection = server.connect("")) {
            execute(connection, "BEGIN READONLY");
            assertError(1792, () -> execute(connection, "INSERT INTO t(v) VALUES(1)"));
        }
    }

    @Test
    void waitingTooLongForTheWriterIs1205AndReadsGoOn() throws SQLException {
        server.close();
        server = server(Duration.ofMillis(300), 64);
        try (Connection one = server.connect("");
                Connection other = server.connect("")) {
            execute(one, "BEGIN");
            execute(one, "INSERT INTO t(v) VALUES(1) /* rand: cannot be repeated, so it does not step aside */");
            assertError(1205, () -> execute(other, "INSERT INTO t(v) VALUES(2)"));
            assertThat(value(other, "SELECT count(*) FROM t")).isEqualTo("0");
            execute(one, "COMMIT");
            execute(other, "INSERT INTO t(v) VALUES(2)");
        }
    }

    @Test
    void killEndsAStatementThatRuns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        pause.set(running::countDown);
        try (Connection one = server.connect("");
                Connection killer = server.connect("")) {
            long id = one.unwrap(org.mariadb.jdbc.Connection.class).getThreadId();
            Future<?> endless = clients.submit(() -> {
                execute(
                        one,
                        "WITH RECURSIVE n(i) AS (SELECT pause() UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n");
                return null;
            });
            running.await();
            killConnection(killer, id);

            assertThatThrownBy(() -> endless.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(SQLException.class);
            assertThatThrownBy(() -> value(one, "SELECT 1")).isInstanceOf(SQLException.class);
            assertThat(value(killer, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void killEndsAWaitForTheWriter() throws Exception {
        try (Connection holder = server.connect("");
                Connection waiter = server.connect("")) {
            execute(holder, "BEGIN");
            execute(holder, "INSERT INTO t(v) VALUES(1)");
            long id = waiter.unwrap(org.mariadb.jdbc.Connection.class).getThreadId();
            Future<?> waiting = clients.submit(() -> {
                execute(waiter, "INSERT INTO t(v) VALUES(2)");
                return null;
            });
            killConnection(holder, id);
            assertThatThrownBy(() -> waiting.get(15, TimeUnit.SECONDS)).hasCauseInstanceOf(SQLException.class);
            execute(holder, "COMMIT");
            assertThat(value(holder, "SELECT group_concat(v) FROM t")).isEqualTo("1");
        }
    }

    private void killConnection(Connection killer, long id) throws IOException {
        try (RawClient raw = RawClient.unix(server.socket())) {
            raw.logIn("a", TestServer.PASSWORD);
            byte[] answer = raw.command(12, new RawClient.Bytes().integer(id, 4).toArray());
            assertThat(answer[0]).as("kill by %s", killer).isEqualTo((byte) RawClient.OK);
        }
    }

    @Test
    void killingWhatIsNotThereIs1094() throws Exception {
        try (RawClient raw = RawClient.unix(server.socket());
                RawClient stranger = RawClient.unix(server.socket())) {
            raw.logIn("a", TestServer.PASSWORD);
            stranger.logIn("b", TestServer.PASSWORD);
            String other = "another site's connection";
            for (int id = 1; id < 10; id++) {
                byte[] answer = stranger.command(
                        12, new RawClient.Bytes().integer(id + 1000, 4).toArray());
                assertThat(RawClient.errorNumber(answer)).as(other).isEqualTo(1094);
            }
            assertThat(raw.value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void sitesAreSeparateAndSoAreTheirWriters() throws SQLException {
        try (Connection a = server.connect("");
                Connection b = server.connect("b", TestServer.PASSWORD, "")) {
            execute(a, "BEGIN");
            execute(a, "INSERT INTO t(v) VALUES(1)");
            assertError(1146, () -> value(b, "SELECT count(*) FROM t"));
            execute(b, "CREATE TABLE t(v)");
            execute(b, "INSERT INTO t VALUES('b')");
            assertThat(value(b, "SELECT group_concat(v) FROM t")).isEqualTo("b");
        }
    }

    @Test
    void aSiteHasALimitAndSoHasTheNode() throws SQLException {
        server.close();
        server = server(Duration.ofSeconds(5), 2);
        try (Connection _ = server.connect("");
                Connection _ = server.connect("")) {
            assertError(1203, () -> server.connect("").close());
            try (Connection _ = server.connect("b", TestServer.PASSWORD, "");
                    Connection _ = server.connect("b", TestServer.PASSWORD, "")) {
                assertError(
                        1040, () -> server.connect("b", TestServer.PASSWORD, "").close());
            }
        }
        AtomicInteger opened = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            server.connect("").close();
            opened.incrementAndGet();
        }
        assertThat(opened).hasValue(10);
    }

    @Test
    void serverSidePreparedStatementsCarryEveryValue() throws SQLException {
        try (Connection connection = server.connect("useServerPrepStmts=true");
                PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES(?, ?)");
                PreparedStatement select = connection.prepareStatement("SELECT v, typeof(v) FROM t WHERE id = ?")) {
            Object[] values = {"text with \0 and \uD83D\uDE00", 5L, -1.5, null, new byte[] {1, 0, -1}};
            String[] types = {"text", "integer", "real", "null", "blob"};
            for (int i = 0; i < values.length; i++) {
                insert.setInt(1, i);
                insert.setObject(2, values[i]);
                assertThat(insert.executeUpdate()).isEqualTo(1);
            }
            for (int i = 0; i < values.length; i++) {
                select.setInt(1, i);
                try (ResultSet row = select.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getString(2)).isEqualTo(types[i]);
                    if (values[i] instanceof byte[] bytes) {
                        assertThat(row.getBytes(1)).isEqualTo(bytes);
                    } else {
                        assertThat(row.getString(1)).isEqualTo(values[i] == null ? null : values[i].toString());
                    }
                }
            }
        }
    }

    @Test
    void valuesOfMoreThanSixteenMegabytesGoBothWays() throws SQLException {
        String large = "0123456789abcdef".repeat(17 * 65_536);
        try (Connection connection = server.connect("useServerPrepStmts=true");
                PreparedStatement insert = connection.prepareStatement("INSERT INTO t(v) VALUES(?)")) {
            insert.setString(1, large);
            insert.executeUpdate();
            assertThat(value(connection, "SELECT v FROM t").equals(large)).isTrue();
        }
    }

    @Test
    void bytesThatAreNotUtf8SurviveAPlainQuery() throws IOException {
        try (RawClient raw = RawClient.unix(server.socket())) {
            raw.logIn("a", TestServer.PASSWORD);
            byte[] sql = "INSERT INTO t VALUES(9, ?)".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            raw.command(22, sql);
            for (int i = 0; i < 2; i++) {
                raw.read();
            }
            byte[] execute = new RawClient.Bytes()
                    .integer(1, 4)
                    .zeros(5)
                    .zeros(1)
                    .integer(1, 1)
                    .integer(0xfd, 2)
                    .integer(3, 1)
                    .integer(0xff, 1)
                    .integer(0, 1)
                    .integer('x', 1)
                    .toArray();
            assertThat(raw.command(23, execute)[0]).isEqualTo((byte) RawClient.OK);
            assertThat(raw.value("SELECT hex(v) FROM t WHERE id = 9")).isEqualTo("FF0078");
        }
    }

    @Test
    void severalStatementsInOneQueryGiveSeveralResults() throws SQLException {
        try (Connection connection = server.connect("allowMultiQueries=true");
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO t(v) VALUES(1); SELECT v FROM t; SELECT 7");
            assertThat(statement.getUpdateCount()).isEqualTo(1);
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(statement.getMoreResults()).isTrue();
            try (ResultSet rows = statement.getResultSet()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(7);
            }
            assertError(1064, () -> statement.execute("SELECT 1; SELEC"));
            assertThat(value(connection, "SELECT count(*) FROM t")).isEqualTo("1");
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsSaidClearlyAndHarmsNobodyElse() throws Exception {
        java.nio.file.Files.writeString(server.file("b"), "no database at all\n".repeat(1000));

        assertThatThrownBy(() -> server.connect("b", TestServer.PASSWORD, ""))
                .hasMessageContaining("cannot be opened")
                .hasMessageContaining("not a database");

        try (Connection connection = server.connect("")) {
            assertThat(value(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void theFileIsPrivateAndClosedWithTheServer() throws Exception {
        assertThat(java.nio.file.Files.getPosixFilePermissions(server.file("a")))
                .isEqualTo(java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        server.close();
        assertThat(directory.resolve("a.db-wal")).doesNotExist();
    }
}
