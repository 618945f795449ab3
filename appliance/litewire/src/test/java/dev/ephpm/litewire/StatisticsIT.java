package dev.ephpm.litewire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ephpm.config.DatabaseAnalysis;
import dev.ephpm.config.DatabaseLimits;
import dev.ephpm.litewire.sqlite.TestLibrary;
import dev.ephpm.litewire.statistics.Digest;
import dev.ephpm.litewire.statistics.SlowStatement;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a node knows of the statements of its sites. */
final class StatisticsIT {
    private static final String SITE = "a.test";

    @TempDir
    Path directory;

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final List<TestServer> started = new ArrayList<>();

    private void start(Duration slow, boolean literals) {
        started.add(new TestServer(
                TestLibrary.NATIVE,
                directory,
                MySqlEngine::new,
                Duration.ofSeconds(20),
                64,
                DatabaseLimits.DEFAULT,
                new DatabaseAnalysis(true, slow, true, literals)));
        lines.start();
        ((Logger) LoggerFactory.getLogger("SlowQuery")).addAppender(lines);
    }

    private TestServer server() {
        return started.getLast();
    }

    @AfterEach
    void stop() {
        ((Logger) LoggerFactory.getLogger("SlowQuery")).detachAppender(lines);
        started.forEach(TestServer::close);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String status(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW STATUS LIKE '" + name + "'")) {
            assertThat(row.next()).as(name).isTrue();
            return row.getString(2);
        }
    }

    private Digest digest(String text) {
        return server().server().statistics().top(SITE, 1000).stream()
                .filter(digest -> digest.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        text + " is not in " + server().server().statistics().top(SITE, 1000)));
    }

    /** The log has a thread of its own. */
    private SlowStatement awaitSlow(String part) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            for (SlowStatement slow : server().server().statistics().slow(SITE)) {
                if (slow.statement().contains(part)) {
                    return slow;
                }
            }
            Thread.sleep(5);
        }
        throw new AssertionError("no slow statement has " + part);
    }

    @Test
    void everyWayToRunAStatementIsCounted() throws SQLException {
        start(Duration.ZERO, false);
        try (Connection connection = server().connect("useServerPrepStmts=true");
                Connection other = server().connect("b", TestServer.PASSWORD, "")) {
            execute(connection, "CREATE TABLE t (a INT PRIMARY KEY, b VARCHAR(20))");
            execute(connection, "INSERT INTO t VALUES (1, 'x'), (2, 'y')");
            execute(connection, "INSERT INTO t VALUES (3, 'x'), (4, 'y'), (5, 'z')");
            for (int i = 0; i < 3; i++) {
                execute(connection, "SELECT b FROM t WHERE a > " + i);
            }
            try (PreparedStatement prepared = connection.prepareStatement("SELECT b FROM t WHERE a > ?")) {
                prepared.setInt(1, 4);
                prepared.executeQuery().close();
            }
            assertThatThrownBy(() -> execute(connection, "INSERT INTO t VALUES (1, 'x')"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> execute(connection, "SELEC 1")).isInstanceOf(SQLException.class);

            assertThat(digest("SELECT b FROM t WHERE a > ?").count()).isEqualTo(4);
            assertThat(digest("SELECT b FROM t WHERE a > ?").rowsSent()).isEqualTo(5 + 4 + 3 + 1);
            Digest insert = digest("INSERT INTO t VALUES (?, ?)");
            assertThat(insert.count()).isEqualTo(3);
            assertThat(insert.errors()).isEqualTo(1);
            assertThat(insert.rowsAffected()).isEqualTo(5);
            assertThat(status(connection, "Com_insert")).isEqualTo("3");
            assertThat(status(connection, "Com_select")).isGreaterThanOrEqualTo("4");
            assertThat(status(connection, "Com_create_table")).isEqualTo("1");
            assertThat(status(connection, "Threads_connected")).isEqualTo("1");
            assertThat(status(connection, "Threads_running")).isEqualTo("1");
            long questions = Long.parseLong(status(connection, "Questions"));
            assertThat(status(connection, "Questions")).isEqualTo(Long.toString(questions + 1));
            assertThat(status(connection, "Slow_queries")).isEqualTo("0");
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT id, user, db, command, info FROM"
                                    + " information_schema.processlist WHERE info LIKE '%\"it''s me\"%' OR 1 = 1 ORDER BY id")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString("user")).isEqualTo("a");
                assertThat(row.getString("db")).isEqualTo("wp");
                assertThat(row.getString("command")).isEqualTo("Query");
                assertThat(row.getString("info")).startsWith("SELECT id, user").contains("\"it''s me\"");
                assertThat(row.next()).as("the other site's connection").isFalse();
            }
            // Another site sees nothing of it.
            assertThat(status(other, "Com_insert")).isEqualTo("0");
        }
        assertThat(server().server().statistics().sites()).extracting("site").containsExactly("a.test", "b.test");
        server().server().closeSite(server().file("b"));
        assertThat(server().server().statistics().sites()).extracting("site").containsExactly("a.test");
    }

    @Test
    void aSlowStatementIsLoggedInOneLineWithSqlitesPlan() throws Exception {
        start(Duration.ofMillis(40), false);
        try (Connection connection = server().connect("")) {
            execute(connection, "CREATE TABLE t (a INT PRIMARY KEY, b VARCHAR(20))");
            execute(connection, "INSERT INTO t VALUES (1, 'x')");
            execute(connection, "SELECT a, SLEEP(0.1) FROM t WHERE b = 'x' -- sec\"ret\n AND a < 100");
            SlowStatement slow = awaitSlow("SLEEP");
            assertThat(slow.statement()).isEqualTo("SELECT a, SLEEP(?) FROM t WHERE b = ? AND a < ?");
            assertThat(slow.digest()).isEqualTo(digest(slow.statement()).hash());
            assertThat(slow.time()).isGreaterThan(Duration.ofMillis(99));
            assertThat(slow.rowsSent()).isEqualTo(1);
            assertThat(slow.plan()).singleElement().asString().startsWith("SEARCH t USING");
            assertThat(Long.parseLong(status(connection, "Slow_queries"))).isGreaterThanOrEqualTo(1);
        }
        assertThat(List.copyOf(lines.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.contains("SLEEP"))
                .singleElement()
                .asString()
                .matches("slow statement: site=a.test connection=\\d+ seconds=\\d\\.\\d{6} lock_seconds=0\\.000000"
                        + " rows_sent=1 rows_affected=0 error=0 digest=[0-9a-f]{16}"
                        + " statement=\"SELECT a, SLEEP\\(\\?\\) FROM t WHERE b = \\? AND a < \\?\""
                        + " plan=\"SEARCH t USING [^\"]*\"");
    }

    @Test
    void waitingForTheWriterIsToldApart() throws Exception {
        start(Duration.ofMillis(40), true);
        try (Connection one = server().connect("");
                Connection other = server().connect("");
                var threads = Executors.newCachedThreadPool()) {
            execute(one, "CREATE TABLE t (a INT PRIMARY KEY)");
            execute(one, "BEGIN");
            execute(one, "INSERT INTO t VALUES (1)");
            Future<?> waiting = threads.submit(() -> {
                execute(other, "INSERT INTO t VALUES (2222)");
                return null;
            });
            Thread.sleep(150);
            execute(one, "COMMIT");
            waiting.get(20, TimeUnit.SECONDS);
            SlowStatement slow = awaitSlow("2222");
            assertThat(slow.statement()).isEqualTo("INSERT INTO t VALUES (2222)");
            assertThat(slow.lockWait()).isGreaterThan(Duration.ofMillis(50));
            assertThat(slow.rowsAffected()).isEqualTo(1);
            assertThat(digest("INSERT INTO t VALUES (?)").lockWait()).isGreaterThanOrEqualTo(slow.lockWait());
        }
    }

    @Test
    void aFloodOfSlowStatementsIsCountedAndNotLogged() throws Exception {
        start(Duration.ofNanos(1), false);
        try (Connection connection = server().connect("")) {
            for (int i = 0; i < 300; i++) {
                execute(connection, "SELECT 1");
            }
            assertThat(Long.parseLong(status(connection, "Slow_queries"))).isGreaterThanOrEqualTo(300);
        }
        assertThat(awaitSlow("SELECT ?").site()).isEqualTo(SITE);
        assertThat(server().server().statistics().slow(SITE)).hasSizeLessThan(60);
        assertThat(lines.list).hasSizeLessThan(60);
    }
}
