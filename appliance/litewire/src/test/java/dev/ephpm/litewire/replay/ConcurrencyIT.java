package dev.ephpm.litewire.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The same 32 clients on MariaDB and on litewire: what InnoDB guarantees holds on both. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConcurrencyIT {
    private static final Logger log = LoggerFactory.getLogger(ConcurrencyIT.class);
    private static final String DATABASE = "wp";
    private static final int ACCOUNTS = 20;
    private static final long MONEY = 1000L * ACCOUNTS;
    private static final Duration TIME = Duration.ofMillis(700);

    /** Long enough to see whether everybody gets a turn. */
    private static final Duration FAIR_TIME = Duration.ofSeconds(3);

    private final PrivateMariaDb mariaDb;
    private final LitewireUnderTest litewire;

    ConcurrencyIT(@TempDir Path directory) throws IOException, InterruptedException {
        mariaDb = new PrivateMariaDb();
        litewire = new LitewireUnderTest(directory, DATABASE);
    }

    /** Whom the clients talk to. */
    enum Server {
        MARIADB,
        LITEWIRE
    }

    @BeforeAll
    void createTables() throws Exception {
        mariaDb.create(DATABASE);
        for (Server server : Server.values()) {
            try (Connection connection = connect(server)) {
                Sql.execute(connection, "CREATE TABLE account (id INT PRIMARY KEY, balance INT NOT NULL)");
                for (int i = 0; i < ACCOUNTS; i++) {
                    Sql.execute(connection, "INSERT INTO account VALUES (" + i + ", 1000)");
                }
                Sql.execute(connection, "CREATE TABLE counter (id INT PRIMARY KEY, c INT NOT NULL)");
                Sql.execute(connection, "CREATE TABLE claim (name VARCHAR(40) PRIMARY KEY, owner INT NOT NULL)");
            }
        }
    }

    @AfterAll
    void stop() throws IOException {
        litewire.close();
        mariaDb.close();
    }

    private Connection connect(Server server) throws SQLException {
        int port = server == Server.MARIADB ? mariaDb.port() : litewire.port();
        return DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + port + "/" + DATABASE, PrivateMariaDb.USER, PrivateMariaDb.PASSWORD);
    }

    private Crowd.Report crowd(Server server, Duration time, Crowd.Deed deed) throws Exception {
        Crowd.Report report = new Crowd(() -> connect(server), time).run(deed);
        log.info("{}: {}", server, report);
        assertThat(report.least()).as("deeds of the slowest client").isPositive();
        return report;
    }

    private void newCounter(Server server, int id) throws SQLException {
        try (Connection connection = connect(server)) {
            Sql.execute(connection, "REPLACE INTO counter VALUES (" + id + ", 0)");
        }
    }

    private long counter(Server server, int id) throws SQLException {
        try (Connection connection = connect(server)) {
            return Sql.number(connection, "SELECT c FROM counter WHERE id = " + id);
        }
    }

    /** Runs a transaction; false when it was the victim of a deadlock or waited too long. */
    private static boolean transaction(Crowd.Client client, Work work) throws SQLException {
        try {
            work.run();
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() != Sql.DEADLOCK && e.getErrorCode() != Sql.LOCK_WAIT) {
                throw e;
            }
            client.execute("ROLLBACK");
            return false;
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static void transfer(Crowd.Client client) throws SQLException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int from = random.nextInt(ACCOUNTS);
        int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        long balance = client.number("SELECT balance FROM account WHERE id = " + from + " FOR UPDATE");
        long amount = random.nextLong(1, 50);
        client.execute("UPDATE account SET balance = " + (balance - amount) + " WHERE id = " + from);
        client.execute("UPDATE account SET balance = balance + " + amount + " WHERE id = " + to);
    }

    private void assertMoney(Server server) throws SQLException {
        try (Connection connection = connect(server)) {
            assertThat(Sql.number(connection, "SELECT SUM(balance) FROM account"))
                    .isEqualTo(MONEY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void transfersKeepTheSumAndEverySnapshotShowsIt(Server server) throws Exception {
        AtomicInteger broken = new AtomicInteger();
        crowd(
                server,
                TIME.multipliedBy(2),
                client -> transaction(client, () -> {
                    if (client.number() % 4 == 0) {
                        client.execute("START TRANSACTION");
                        long sum = client.number("SELECT SUM(balance) FROM account");
                        long least = client.number("SELECT balance FROM account WHERE id = 3");
                        broken.addAndGet(sum == MONEY ? 0 : 1);
                        broken.addAndGet(client.number("SELECT balance FROM account WHERE id = 3") == least ? 0 : 1);
                        broken.addAndGet(client.number("SELECT SUM(balance) FROM account") == MONEY ? 0 : 1);
                        client.execute("COMMIT");
                        return;
                    }
                    client.execute("BEGIN");
                    transfer(client);
                    client.execute(client.done() % 7 == 6 ? "ROLLBACK" : "COMMIT");
                }));
        assertThat(broken).hasValue(0);
        assertMoney(server);
    }

    @ParameterizedTest
    @EnumSource
    void disconnectsAndKillsInTheMiddleUndoTheTransaction(Server server) throws Exception {
        AtomicInteger killed = new AtomicInteger();
        crowd(
                server,
                TIME.multipliedBy(2),
                client -> transaction(client, () -> {
                    client.execute("BEGIN");
                    transfer(client);
                    switch (client.done() % 4) {
                        case 1 -> client.breakOff();
                        case 3 -> {
                            kill(server, client);
                            killed.incrementAndGet();
                        }
                        default -> client.execute("COMMIT");
                    }
                }));
        assertThat(killed).hasPositiveValue();
        assertMoney(server);
    }

    private void kill(Server server, Crowd.Client client) throws SQLException {
        long id = client.connection().unwrap(org.mariadb.jdbc.Connection.class).getThreadId();
        try (Connection killer = connect(server)) {
            Sql.execute(killer, "KILL " + id);
        }
        client.breakOff();
    }

    @ParameterizedTest
    @EnumSource
    void oneClientWinsEveryUniqueKey(Server server) throws Exception {
        AtomicLong wins = new AtomicLong();
        AtomicLong last = new AtomicLong();
        crowd(server, TIME, client -> {
            last.accumulateAndGet(client.done(), Math::max);
            String insert = "INSERT INTO claim VALUES ('key " + client.done() + "', " + client.number() + ")";
            try {
                client.execute(insert);
                wins.incrementAndGet();
            } catch (SQLException e) {
                // InnoDB may take two inserts of one key for a deadlock.
                if (e.getErrorCode() == Sql.DEADLOCK) {
                    return false;
                }
                assertThat(e.getErrorCode()).isEqualTo(Sql.DUPLICATE);
            }
            return true;
        });
        try (Connection connection = connect(server)) {
            assertThat(Sql.number(connection, "SELECT COUNT(*) FROM claim")).isEqualTo(wins.get());
            assertThat(Sql.number(connection, "SELECT COUNT(DISTINCT name) FROM claim"))
                    .isEqualTo(last.get() + 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noIncrementIsLostAndNobodyStarves(Server server) throws Exception {
        newCounter(server, 1);
        Crowd.Report report = crowd(
                server,
                FAIR_TIME,
                client -> transaction(client, () -> client.execute("UPDATE counter SET c = c + 1 WHERE id = 1")));
        assertThat(counter(server, 1)).isEqualTo(report.done());
        if (server == Server.LITEWIRE) {
            assertThat(report.refused()).isZero();
            assertThat(report.idleTicks())
                    .as("half seconds without progress of some client")
                    .isZero();
            assertThat(report.most()).as("%s", report).isLessThanOrEqualTo(3 * report.least());
        }
    }

    @ParameterizedTest
    @EnumSource
    void readingForUpdateIsALock(Server server) throws Exception {
        newCounter(server, 2);
        Crowd.Report report = crowd(
                server,
                TIME,
                client -> transaction(client, () -> {
                    client.execute("BEGIN");
                    long value = client.number("SELECT c FROM counter WHERE id = 2 FOR UPDATE");
                    client.execute("UPDATE counter SET c = " + (value + 1) + " WHERE id = 2");
                    client.execute("COMMIT");
                }));
        assertThat(counter(server, 2)).isEqualTo(report.done());
    }

    @ParameterizedTest
    @EnumSource
    void aReadBeforeTheWriteDoesNotLoseWhatOthersWrote(Server server) throws Exception {
        newCounter(server, 3);
        AtomicLong changed = new AtomicLong();
        crowd(
                server,
                TIME,
                client -> transaction(client, () -> {
                    client.execute("BEGIN");
                    long old = client.number("SELECT c FROM counter WHERE id = 3");
                    // Compare and set: it hits only while nobody has been quicker.
                    long rows = client.update("UPDATE counter SET c = c + 1 WHERE id = 3 AND c = " + old);
                    client.execute("COMMIT");
                    changed.addAndGet(rows);
                }));
        assertThat(changed).hasPositiveValue();
        assertThat(counter(server, 3)).isEqualTo(changed.get());
    }

    @ParameterizedTest
    @EnumSource
    void withoutAutocommitNothingIsLostEither(Server server) throws Exception {
        newCounter(server, 4);
        Crowd.Report report = crowd(server, TIME, client -> {
            if (client.done() == 0) {
                client.execute("SET autocommit = 0");
            }
            return transaction(client, () -> {
                client.execute("UPDATE counter SET c = c + 1 WHERE id = 4");
                client.execute("COMMIT");
            });
        });
        assertThat(counter(server, 4)).isEqualTo(report.done());
    }

    @ParameterizedTest
    @EnumSource
    void savepointsUndoTheirPartAlone(Server server) throws Exception {
        newCounter(server, 5);
        Crowd.Report report = crowd(
                server,
                TIME,
                client -> transaction(client, () -> {
                    client.execute("BEGIN");
                    client.execute("SAVEPOINT before_all");
                    client.execute("UPDATE counter SET c = c + 1 WHERE id = 5");
                    client.execute("SAVEPOINT a");
                    client.execute("UPDATE counter SET c = c + 100 WHERE id = 5");
                    client.execute("ROLLBACK TO a");
                    client.execute("RELEASE SAVEPOINT before_all");
                    client.execute("COMMIT");
                }));
        assertThat(counter(server, 5)).isEqualTo(report.done());
    }

    @ParameterizedTest
    @EnumSource
    void snapshotsAreRepeatableAndCommittedReadsAreNot(Server server) throws Exception {
        newCounter(server, 6);
        String read = "SELECT c FROM counter WHERE id = 6";
        try (Connection repeatable = connect(server);
                Connection committed = connect(server);
                Connection writer = connect(server)) {
            Sql.execute(committed, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
            Sql.execute(repeatable, "BEGIN");
            Sql.execute(committed, "BEGIN");
            assertThat(Sql.number(repeatable, read)).isZero();
            assertThat(Sql.number(committed, read)).isZero();
            Sql.execute(writer, "UPDATE counter SET c = 1 WHERE id = 6");
            assertThat(Sql.number(repeatable, read)).isZero();
            assertThat(Sql.number(committed, read)).isEqualTo(1);
            // A write works on the newest state.
            Sql.execute(repeatable, "UPDATE counter SET c = c + 1 WHERE id = 6");
            assertThat(Sql.number(repeatable, read)).isEqualTo(2);
            Sql.execute(repeatable, "ROLLBACK");
            Sql.execute(committed, "COMMIT");
            assertThat(Sql.number(repeatable, read)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNamedLockOrASleepTakesNoSnapshot(Server server) throws Exception {
        newCounter(server, 7);
        try (Connection one = connect(server);
                Connection other = connect(server)) {
            Sql.execute(one, "BEGIN");
            assertThat(Sql.number(one, "SELECT GET_LOCK('turn', 1)")).isEqualTo(1);
            assertThat(Sql.number(one, "SELECT SLEEP(0)")).isZero();
            Sql.execute(other, "UPDATE counter SET c = 9 WHERE id = 7");
            assertThat(Sql.number(one, "SELECT c FROM counter WHERE id = 7")).isEqualTo(9);
            Sql.execute(one, "COMMIT");
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitingTooLongIs1205AndKeepsTheTransaction(Server server) throws Exception {
        newCounter(server, 8);
        try (Connection holder = connect(server);
                Connection waiter = connect(server)) {
            Sql.execute(holder, "BEGIN");
            Sql.execute(holder, "SELECT c FROM counter WHERE id = 8 FOR UPDATE");
            Sql.execute(waiter, "SET innodb_lock_wait_timeout = 1");
            Sql.execute(waiter, "BEGIN");
            assertThat(Sql.error(waiter, "UPDATE counter SET c = 5 WHERE id = 8"))
                    .isEqualTo(Sql.LOCK_WAIT);
            assertThat(Sql.error(waiter, "SELECT c FROM counter WHERE id = 8 FOR UPDATE"))
                    .isEqualTo(Sql.LOCK_WAIT);
            assertThat(Sql.number(waiter, "SELECT @@in_transaction")).isEqualTo(1);
            Sql.execute(holder, "COMMIT");
            Sql.execute(waiter, "UPDATE counter SET c = c + 5 WHERE id = 8");
            Sql.execute(waiter, "COMMIT");
        }
        assertThat(counter(server, 8)).isEqualTo(5);
    }

    /** InnoDB ends one of them with 1213; with a single writer there is no circle. Either way all that is told to be done is. */
    @ParameterizedTest
    @EnumSource
    void crossedUpdatesEndAtOnce(Server server) throws Exception {
        newCounter(server, 9);
        newCounter(server, 10);
        int errors;
        try (ExecutorService threads = Executors.newFixedThreadPool(2);
                Connection one = connect(server);
                Connection other = connect(server)) {
            Sql.execute(one, "BEGIN");
            Sql.execute(other, "BEGIN");
            Sql.execute(one, "UPDATE counter SET c = c + 1 WHERE id = 9");
            Future<Integer> second = threads.submit(() -> crossed(other));
            Thread.sleep(200);
            int first = Sql.error(one, "UPDATE counter SET c = c + 1 WHERE id = 10");
            Sql.execute(one, first == 0 ? "COMMIT" : "ROLLBACK");
            errors = (first == 0 ? 0 : 1) + (second.get(15, TimeUnit.SECONDS) == 0 ? 0 : 1);
            assertThat(first).isIn(0, Sql.DEADLOCK);
            assertThat(second.get()).isIn(0, Sql.DEADLOCK);
        }
        assertThat(counter(server, 9)).isEqualTo(2 - errors);
        assertThat(counter(server, 10)).isEqualTo(2 - errors);
        assertThat(errors).isEqualTo(server == Server.MARIADB ? 1 : 0);
    }

    private static int crossed(Connection connection) throws SQLException {
        int error = Sql.error(connection, "UPDATE counter SET c = c + 1 WHERE id = 10");
        error = error == 0 ? Sql.error(connection, "UPDATE counter SET c = c + 1 WHERE id = 9") : error;
        try {
            Sql.execute(connection, error == 0 ? "COMMIT" : "ROLLBACK");
        } catch (SQLNonTransientConnectionException e) {
            throw new AssertionError("the server must keep the connection", e);
        }
        return error;
    }
}
