package dev.ephpm.litewire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.config.DataSize;
import dev.ephpm.config.DatabaseAnalysis;
import dev.ephpm.config.DatabaseLimits;
import dev.ephpm.litewire.sqlite.TestLibrary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What statements, transactions and connections may take, and what a client is told when it is too much. */
final class LimitsIT {
    /** Runs until it is stopped. */
    private static final String CANNOT_STEP_ASIDE = "INSERT INTO t VALUES (1 + FLOOR(RAND()))";

    private static final String ENDLESS =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i > 0)" + " SELECT count(*) FROM n";

    @TempDir
    Path directory;

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final List<TestServer> started = new ArrayList<>();

    private void start(DatabaseLimits limits) {
        started.add(new TestServer(
                TestLibrary.NATIVE,
                directory,
                MySqlEngine::new,
                Duration.ofSeconds(20),
                64,
                limits,
                DatabaseAnalysis.DEFAULT));
    }

    private static DatabaseLimits limits(long packet, Duration statement, Duration transaction, Duration wait) {
        return new DatabaseLimits(new DataSize(packet), statement, transaction, wait);
    }

    private TestServer server() {
        return started.getLast();
    }

    @AfterEach
    void stop() {
        clients.shutdownNow();
        started.forEach(TestServer::close);
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

    /** The error's number, and that it came within the time. */
    private static void assertError(int number, Connection connection, String sql, Duration least, Duration most) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> execute(connection, sql))
                .as(sql)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getErrorCode()).as(e.getMessage()).isEqualTo(number));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as(sql).isBetween(least, most);
    }

    private static void assertError(int number, Connection connection, String sql) {
        assertError(number, connection, sql, Duration.ZERO, Duration.ofSeconds(20));
    }

    @Test
    void aSessionLimitsItsStatements() throws SQLException {
        start(DatabaseLimits.DEFAULT);
        Duration least = Duration.ofMillis(290);
        Duration most = Duration.ofSeconds(10);
        try (Connection connection = server().connect("")) {
            assertError(3024, connection, "SELECT /*+ MAX_EXECUTION_TIME(300) */ SLEEP(20)", least, most);
            assertError(
                    3024, connection, "SELECT /*+ MAX_EXECUTION_TIME(300) */ 1 FROM (" + ENDLESS + ") x", least, most);
            execute(connection, "SET STATEMENT max_statement_time = 20 FOR SELECT 1");
            assertError(1969, connection, "SET STATEMENT max_statement_time=0.3 FOR " + ENDLESS, least, most);
            assertThat(value(connection, "SELECT @@max_statement_time")).isEqualTo("300.000000");
            execute(connection, "SET max_statement_time = 0.3");
            assertError(1969, connection, ENDLESS, least, most);
            assertError(1969, connection, "SELECT SLEEP(20)", least, most);
            assertError(1969, connection, "DO SLEEP(20)", least, most);
            execute(connection, "SET max_statement_time = DEFAULT");
            execute(connection, "SET SESSION max_execution_time = 300");
            assertThat(value(connection, "SELECT @@max_execution_time")).isEqualTo("300");
            assertError(3024, connection, "SELECT SLEEP(20)", least, most);
            execute(connection, "DO SLEEP(0.5)");
            assertThat(value(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aStatementOverItsTimeIsUndoneAndTheTransactionGoesOn() throws SQLException {
        start(DatabaseLimits.DEFAULT);
        try (Connection connection = server().connect("")) {
            execute(connection, "CREATE TABLE t (a INT)");
            execute(connection, "INSERT INTO t VALUES (1), (2), (3)");
            execute(connection, "BEGIN");
            execute(connection, "INSERT INTO t VALUES (4)");
            assertError(1969, connection, "SET STATEMENT max_statement_time=0.3 FOR UPDATE t SET a = a + SLEEP(1)");
            assertThat(value(connection, "SELECT SUM(a) FROM t")).isEqualTo("10");
            execute(connection, "COMMIT");
            assertThat(value(connection, "SELECT SUM(a) FROM t")).isEqualTo("10");
        }
    }

    @Test
    void aPatternThatTakesForEverIsEndedToo() throws SQLException {
        start(limits(1 << 20, Duration.ofMillis(300), Duration.ofMinutes(1), Duration.ofHours(1)));
        try (Connection connection = server().connect("")) {
            assertError(1969, connection, "SELECT REPEAT('a', 500) REGEXP '^(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x$'");
            assertError(
                    1969,
                    connection,
                    "SELECT REGEXP_REPLACE(REPEAT('a', 500), '^(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x$', '')");
            assertError(1436, connection, "SELECT REPEAT('ab', 200000) REGEXP '^(a|b)*c'");
            assertError(1139, connection, "SELECT REGEXP_REPLACE('a', 'a', '\\\\1')");
            assertThat(value(connection, "SELECT 'abc' REGEXP '^a.c$'")).isEqualTo("1");
        }
    }

    @Test
    void theSiteHasALimitForAll() throws SQLException {
        start(limits(1 << 20, Duration.ofMillis(300), Duration.ofMinutes(1), Duration.ofHours(1)));
        try (Connection connection = server().connect("")) {
            assertError(1969, connection, ENDLESS, Duration.ofMillis(290), Duration.ofSeconds(10));
            execute(connection, "SET max_statement_time = 0");
            assertThat(value(connection, "SELECT SLEEP(0.5)")).isEqualTo("0");
        }
    }

    @Test
    void variablesThatDoNotFitAreRefusedOrCut() throws SQLException {
        start(DatabaseLimits.DEFAULT);
        try (Connection connection = server().connect("")) {
            assertError(1232, connection, "SET wait_timeout = 'soon'");
            assertError(1232, connection, "SET max_statement_time = 'soon'");
            execute(connection, "SET wait_timeout = 0");
            assertThat(value(connection, "SHOW WARNINGS")).isEqualTo("Warning");
            assertThat(value(connection, "SELECT @@wait_timeout")).isEqualTo("1");
            execute(connection, "SET wait_timeout = DEFAULT");
            assertThat(value(connection, "SELECT @@wait_timeout")).isEqualTo("28800");
            assertThat(value(connection, "SELECT @@max_allowed_packet")).isEqualTo("67108864");
            assertThat(value(connection, "SELECT @@max_connections")).isEqualTo("128");
            assertError(1193, connection, "SET STATEMENT no_such_variable = 1 FOR SELECT 1");
            assertError(1064, connection, "SET STATEMENT max_statement_time = 1 SELECT 1");
        }
    }

    @Test
    void theLockWaitIsTheSessions() throws SQLException {
        start(DatabaseLimits.DEFAULT);
        try (Connection one = server().connect("");
                Connection other = server().connect("")) {
            execute(one, "CREATE TABLE t (a INT)");
            execute(one, "BEGIN");
            execute(one, CANNOT_STEP_ASIDE);
            assertThat(value(other, "SELECT @@innodb_lock_wait_timeout")).isEqualTo("20");
            execute(other, "SET innodb_lock_wait_timeout = 1");
            assertError(1205, other, "INSERT INTO t VALUES (2)", Duration.ofMillis(990), Duration.ofSeconds(10));
            execute(other, "SET innodb_lock_wait_timeout = 0");
            assertError(1205, other, "INSERT INTO t VALUES (2)", Duration.ZERO, Duration.ofSeconds(5));
            execute(one, "COMMIT");
            execute(other, "INSERT INTO t VALUES (2)");
        }
    }

    @Test
    void aStatementMayBeSoLong() throws SQLException {
        start(limits(64 * 1024, Duration.ZERO, Duration.ofMinutes(1), Duration.ofHours(1)));
        try (Connection connection = server().connect("")) {
            assertThat(value(connection, "SELECT LENGTH('" + "a".repeat(60_000) + "')"))
                    .isEqualTo("60000");
            assertThat(value(connection, "SELECT @@max_allowed_packet")).isEqualTo("65536");
        }
        try (RawClient raw = RawClient.unix(server().socket())) {
            raw.logIn("a", TestServer.PASSWORD);
            byte[] answer = raw.query("SELECT LENGTH('" + "a".repeat(70_000) + "')");
            assertThat(RawClient.errorNumber(answer)).isEqualTo(1153);
        } catch (java.io.IOException e) {
            throw new AssertionError("the error must arrive before the connection ends", e);
        }
    }

    @Test
    void whoSaysNothingForLongIsDisconnected() throws Exception {
        start(limits(1 << 20, Duration.ZERO, Duration.ofMinutes(1), Duration.ofSeconds(1)));
        try (Connection idle = server().connect("");
                Connection patient = server().connect("")) {
            execute(patient, "SET SESSION wait_timeout = 1000");
            Thread.sleep(3500);
            assertThat(value(patient, "SELECT 1")).isEqualTo("1");
            assertThatThrownBy(() -> value(idle, "SELECT 1")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void whoKeepsTheWriterForLongIsDisconnectedAndUndone() throws Exception {
        start(limits(1 << 20, Duration.ZERO, Duration.ofSeconds(1), Duration.ofHours(1)));
        try (Connection holder = server().connect("");
                Connection other = server().connect("")) {
            execute(other, "CREATE TABLE t (a INT)");
            execute(holder, "BEGIN");
            execute(holder, CANNOT_STEP_ASIDE);
            execute(other, "INSERT INTO t VALUES (2)");
            assertThat(value(other, "SELECT GROUP_CONCAT(a) FROM t")).isEqualTo("2");
            assertThatThrownBy(() -> execute(holder, "COMMIT")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void killQueryEndsTheStatementAtOnceAndKeepsTheConnection() throws Exception {
        start(DatabaseLimits.DEFAULT);
        String[] waits = {ENDLESS, "SELECT SLEEP(60)", "SELECT GET_LOCK('held', 60)", "INSERT INTO t VALUES (2)"};
        try (Connection victim = server().connect("");
                Connection killer = server().connect("")) {
            execute(killer, "CREATE TABLE t (a INT)");
            execute(killer, "SELECT GET_LOCK('held', 0)");
            execute(killer, "BEGIN");
            execute(killer, CANNOT_STEP_ASIDE);
            long id = victim.unwrap(org.mariadb.jdbc.Connection.class).getThreadId();
            for (String wait : waits) {
                Future<?> waiting = clients.submit(() -> {
                    assertError(1317, victim, wait, Duration.ZERO, Duration.ofSeconds(10));
                    return null;
                });
                awaitStatement(killer, id);
                execute(killer, "KILL QUERY " + id);
                waiting.get(30, TimeUnit.SECONDS);
                assertThat(value(victim, "SELECT 1")).isEqualTo("1");
            }
            execute(killer, "KILL QUERY " + id);
            assertThat(value(victim, "SELECT 2")).as("no statement ran").isEqualTo("2");
            assertError(1094, killer, "KILL QUERY 99999");
            execute(killer, "KILL " + id);
            assertThatThrownBy(() -> value(victim, "SELECT 1")).isInstanceOf(SQLException.class);
        }
    }

    /** Writes that wait together are done in one transaction, which SQLite ends when it is interrupted. */
    @Test
    void killQueryOfAWriteThatWasJoinedHurtsNobodyElse() throws Exception {
        start(DatabaseLimits.DEFAULT);
        String slow =
                "INSERT INTO t VALUES (2, (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 90000000)"
                        + " SELECT COUNT(*) FROM n))";
        try (Connection holder = server().connect("");
                Connection first = server().connect("");
                Connection victim = server().connect("");
                Connection last = server().connect("")) {
            execute(holder, "CREATE TABLE t (id INT PRIMARY KEY, a BIGINT)");
            execute(holder, "BEGIN");
            execute(holder, "INSERT INTO t VALUES (9 + FLOOR(RAND()), 9)");
            List<Connection> writers = List.of(first, victim, last);
            List<String> writes = List.of("INSERT INTO t VALUES (1, 1)", slow, "INSERT INTO t VALUES (3, 3)");
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < writes.size(); i++) {
                Connection writer = writers.get(i);
                String write = writes.get(i);
                running.add(clients.submit(() -> error(writer, write)));
                awaitStatement(
                        holder, writer.unwrap(org.mariadb.jdbc.Connection.class).getThreadId());
            }
            execute(holder, "COMMIT");
            Thread.sleep(200);
            execute(
                    holder,
                    "KILL QUERY "
                            + victim.unwrap(org.mariadb.jdbc.Connection.class).getThreadId());

            assertThat(running.get(1).get(30, TimeUnit.SECONDS)).isEqualTo(1317);
            assertThat(running.get(0).get(30, TimeUnit.SECONDS))
                    .as("undone with it, and done again")
                    .isZero();
            assertThat(running.get(2).get(30, TimeUnit.SECONDS))
                    .as("not begun yet")
                    .isZero();
            assertThat(value(holder, "SELECT GROUP_CONCAT(id ORDER BY id) FROM t"))
                    .isEqualTo("1,3,9");
        }
    }

    private static int error(Connection connection, String sql) {
        try {
            execute(connection, sql);
            return 0;
        } catch (SQLException e) {
            return e.getErrorCode();
        }
    }

    private static void awaitStatement(Connection connection, long id) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SHOW PROCESSLIST")) {
                while (rows.next()) {
                    if (rows.getLong(1) == id && rows.getString("Command").equals("Query")) {
                        // It may only just have begun.
                        Thread.sleep(100);
                        return;
                    }
                }
            }
        }
        throw new AssertionError("connection " + id + " runs nothing");
    }

    @Test
    void aResultIsStreamedHoweverLarge() throws Exception {
        start(DatabaseLimits.DEFAULT);
        try (Connection connection = server().connect("")) {
            execute(connection, "CREATE TABLE t (a INT PRIMARY KEY, b VARCHAR(200))");
            execute(
                    connection,
                    "INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
                            + " SELECT i, REPEAT('x', 100) FROM n");
            try (RawClient slow = RawClient.unix(server().socket())) {
                slow.logIn("a", TestServer.PASSWORD);
                slow.sendCommand(3, "SELECT x.a, y.a, x.b FROM t x, t y".getBytes(StandardCharsets.UTF_8));
                long before = used();
                long most = 0;
                for (int i = 0; i < 40; i++) {
                    slow.skip(2_500_000);
                    most = Math.max(most, used());
                }
                assertThat(most - before)
                        .as("bytes held for a result of 120 MB")
                        .isLessThan(16L << 20);
            }
            assertThat(value(connection, "SELECT COUNT(*) FROM t")).isEqualTo("1000");
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
