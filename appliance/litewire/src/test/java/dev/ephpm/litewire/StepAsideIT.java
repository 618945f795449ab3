package dev.ephpm.litewire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.litewire.sqlite.TestLibrary;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One client with two connections, as MediaWiki has them: a long transaction, and beside it caches and queues that commit at
 * once. All calls come from one thread, so any real waiting would never end.
 */
final class StepAsideIT {
    private static final Duration LOCK_WAIT = Duration.ofSeconds(3);

    @TempDir
    Path directory;

    private TestServer server;
    private Connection main;
    private Connection beside;

    @BeforeEach
    void start() throws SQLException {
        server = new TestServer(TestLibrary.NATIVE, directory, MySqlEngine::new, LOCK_WAIT, 64);
        main = server.connect("");
        beside = server.connect("");
        execute(main, "CREATE TABLE t(id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(100), at DATETIME(6))");
        execute(main, "CREATE TABLE cache(k VARCHAR(50) PRIMARY KEY, v INT)");
    }

    @AfterEach
    void stop() throws SQLException {
        main.close();
        beside.close();
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

    private static void assertError(int number, Connection connection, String sql) {
        assertThatThrownBy(() -> execute(connection, sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(number));
    }

    @Test
    void bothConnectionsOfOneClientWrite() throws SQLException {
        execute(main, "BEGIN");
        execute(main, "INSERT INTO t(v, at) VALUES('first', NOW(6))");
        String id = value(main, "SELECT LAST_INSERT_ID()");
        String at = value(main, "SELECT at FROM t");
        execute(beside, "INSERT INTO cache VALUES('a', 1)");
        assertThat(value(beside, "SELECT count(*) FROM t")).isEqualTo("0");
        execute(beside, "UPDATE cache SET v = v + 1");
        assertThat(value(main, "SELECT LAST_INSERT_ID()")).isEqualTo(id);
        execute(main, "INSERT INTO t(v) VALUES('second')");
        assertThat(value(main, "SELECT group_concat(v ORDER BY id) FROM t")).isEqualTo("first,second");
        assertThat(value(main, "SELECT at FROM t WHERE id = " + id)).isEqualTo(at);
        assertThat(value(main, "SELECT v FROM cache WHERE k = 'a'")).isEqualTo("2");
        execute(beside, "REPLACE INTO cache VALUES('b', 1)");
        execute(main, "COMMIT");
        assertThat(value(beside, "SELECT group_concat(v ORDER BY id) FROM t")).isEqualTo("first,second");
        assertThat(value(beside, "SELECT count(*) FROM cache")).isEqualTo("2");
    }

    @Test
    void whatTheOtherCommittedStaysWhenTheTransactionIsUndone() throws SQLException {
        execute(main, "BEGIN");
        execute(main, "INSERT INTO t(v) VALUES('gone')");
        execute(beside, "INSERT INTO cache VALUES('a', 1)");
        execute(main, "ROLLBACK");
        assertThat(value(beside, "SELECT count(*) FROM t")).isEqualTo("0");
        assertThat(value(beside, "SELECT count(*) FROM cache")).isEqualTo("1");
    }

    @Test
    void savepointsAndParametersAreDoneAgain() throws SQLException {
        execute(main, "BEGIN");
        execute(main, "SAVEPOINT before_all");
        try (PreparedStatement insert = main.prepareStatement("INSERT INTO t(v) VALUES(?)")) {
            insert.setString(1, "bound");
            insert.execute();
        }
        execute(main, "SAVEPOINT s");
        execute(main, "INSERT INTO t(v) VALUES('undone')");
        execute(beside, "INSERT INTO cache VALUES('a', 1)");
        execute(main, "ROLLBACK TO s");
        execute(main, "SAVEPOINT s2");
        execute(beside, "INSERT INTO cache VALUES('b', 1)");
        execute(main, "INSERT INTO t(v) VALUES('undone too')");
        execute(main, "ROLLBACK TO s2");
        execute(main, "COMMIT");
        assertThat(value(beside, "SELECT group_concat(v) FROM t")).isEqualTo("bound");
        assertThat(value(beside, "SELECT count(*) FROM cache")).isEqualTo("2");
    }

    @Test
    void whatComesOutDifferentlyIsADeadlock() throws SQLException {
        execute(beside, "INSERT INTO cache VALUES('n', 1)");
        execute(main, "BEGIN");
        execute(main, "INSERT INTO t(v) VALUES('y')");
        assertThat(value(main, "SELECT v FROM cache")).isEqualTo("1");
        execute(beside, "UPDATE cache SET v = 10 WHERE k = 'n'");
        assertError(1213, main, "INSERT INTO t(v) VALUES('x')");
        execute(main, "COMMIT");
        assertThat(value(beside, "SELECT v FROM cache")).isEqualTo("10");
        assertThat(value(beside, "SELECT count(*) FROM t")).isEqualTo("0");
    }

    @Test
    void aRowThatBothWriteIsWaitedFor() throws SQLException {
        execute(beside, "INSERT INTO cache VALUES('n', 1)");
        execute(main, "BEGIN");
        execute(main, "UPDATE cache SET v = v + 1 WHERE k = 'n'");
        assertError(1205, beside, "UPDATE cache SET v = 10 WHERE k = 'n'");
        assertError(1205, beside, "REPLACE INTO cache VALUES('n', 7)");
        assertError(1205, beside, "DELETE FROM cache");
        execute(beside, "REPLACE INTO cache VALUES('other', 7)");
        execute(main, "COMMIT");
        assertThat(value(beside, "SELECT v FROM cache WHERE k = 'n'")).isEqualTo("2");
    }

    @Test
    void newIdsAreWaitedFor() throws SQLException {
        execute(main, "BEGIN");
        execute(main, "INSERT INTO t(v) VALUES('mine')");
        assertError(1205, beside, "INSERT INTO t(v) VALUES('yours')");
        execute(main, "COMMIT");
        assertThat(value(beside, "SELECT group_concat(v) FROM t")).isEqualTo("mine");
    }

    @Test
    void chanceAndVariablesCannotBeRepeatedAndAreWaitedFor() throws SQLException {
        for (String statement : new String[] {
            "INSERT INTO t(v) VALUES(RAND())", "INSERT INTO t(v) VALUES(@a := 1)", "UPDATE t SET v = UUID()"
        }) {
            execute(main, "BEGIN");
            execute(main, "INSERT INTO t(v) VALUES('x')");
            execute(main, statement);
            assertError(1205, beside, "INSERT INTO cache VALUES('a', 1)");
            execute(main, "ROLLBACK");
        }
    }

    @Test
    void longTransactionsAreWaitedFor() throws SQLException {
        execute(main, "BEGIN");
        for (int i = 0; i <= TransactionLog.MOST_STEPS; i++) {
            execute(main, "INSERT INTO t(v) VALUES('x')");
        }
        assertError(1205, beside, "INSERT INTO cache VALUES('a', 1)");
        execute(main, "ROLLBACK");
        execute(main, "BEGIN");
        execute(main, "INSERT INTO t(v) VALUES('" + "x".repeat(100) + "')");
        try (PreparedStatement insert = main.prepareStatement("INSERT INTO t(v) VALUES(left(?, 10))")) {
            insert.setString(1, "y".repeat(TransactionLog.MOST_CHARACTERS));
            insert.execute();
        }
        assertError(1205, beside, "INSERT INTO cache VALUES('a', 1)");
    }
}
