package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections: what ends with them, what a reset leaves, and what no client should send. */
class MySqlSessionsIT {
    private static final String HOST = "sessions.test";

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .set("db.sqlite.max_connections_per_site", 40)
            .set("db.sqlite.busy_timeout", "2s")
            .site(HOST, site -> site.file("index.html", "page"))
            .site("second.test", site -> site.file("index.html", "page"));

    @BeforeAll
    static void createTables() {
        appliance.database(HOST).query("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v INT) ENGINE=InnoDB");
    }

    @Test
    void disconnectRollsBack() {
        for (boolean quits : new boolean[] {true, false}) {
            MySqlWire wire = MySqlWire.login(appliance.database(HOST));
            wire.query("BEGIN");
            assertThat(wire.query("INSERT INTO t (v) VALUES (4711)").error()).isZero();
            if (quits) {
                wire.close();
            } else {
                wire.reset();
            }
            Eventually.holds(
                    Duration.ofSeconds(3),
                    () -> assertThat(appliance
                                    .database(HOST)
                                    .query("INSERT INTO t (v) VALUES (1); SELECT v FROM t WHERE v = 4711"))
                            .isEmpty());
        }
    }

    @Test
    void resetLeavesACleanSession() {
        assertCleanAfter(wire -> wire.command(MySqlWire.RESET_CONNECTION, new byte[0]));
    }

    @Test
    void changeOfUserLeavesACleanSession() {
        assertCleanAfter(wire -> wire.changeUser(appliance.database(HOST)));
    }

    @Test
    void changeToAnotherSitesUserSeesThatSiteOnly() {
        Database second = appliance.database("second.test");
        try (MySqlWire wire = MySqlWire.login(appliance.database(HOST))) {
            assertThat(wire.changeUser(second).error()).isZero();
            assertThat(wire.query("SELECT DATABASE()").value()).isEqualTo(second.name());
            assertThat(wire.query("SELECT * FROM t").error()).isEqualTo(1146);
        }
    }

    @Test
    void changeToAWrongUserEndsTheSession() {
        Database wrong = appliance.database(HOST).as("nobody", "x");
        try (MySqlWire wire = MySqlWire.login(appliance.database(HOST))) {
            assertThat(wire.changeUser(wrong).error()).isEqualTo(1045);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 16, 19, 20, 21, 29, 32, 77, 200, 254})
    void unknownCommandIs1047AndTheStreamStaysInStep(int command) {
        try (MySqlWire wire = MySqlWire.login(appliance.database(HOST))) {
            for (int i = 0; i < 3; i++) {
                assertThat(wire.command(command, "x".repeat(i * 100).getBytes(StandardCharsets.UTF_8))
                                .error())
                        .isEqualTo(1047);
                assertThat(wire.query("SELECT 42").value()).isEqualTo("42");
            }
        }
    }

    @Test
    void pingAnswersAndEmptyQueryIs1065() {
        try (MySqlWire wire = MySqlWire.login(appliance.database(HOST))) {
            assertThat(wire.command(MySqlWire.PING, new byte[0]).error()).isZero();
            assertThat(wire.query("").error()).isEqualTo(1065);
            assertThat(wire.query("  -- nothing\n").error()).isEqualTo(1065);
            assertThat(wire.query("SELECT 1").value()).isEqualTo("1");
        }
    }

    @Test
    void commandInPlaceOfTheLoginIsRefused() {
        try (MySqlWire wire = MySqlWire.greeted(appliance.mysqlPort())) {
            MySqlWire.Reply reply = wire.authenticate("", "", "");
            assertThat(reply.error()).isEqualTo(1045);
            assertThat(wire.closed()).isTrue();
        }
        assertThat(appliance.database(HOST).value("SELECT 1")).isEqualTo("1");
    }

    @Test
    void garbageHarmsNobodyElse() {
        try (MySqlWire garbage = MySqlWire.greeted(appliance.mysqlPort());
                MySqlWire huge = MySqlWire.login(appliance.database(HOST));
                MySqlWire good = MySqlWire.login(appliance.database(HOST))) {
            garbage.raw("GET / HTTP/1.1\r\n\r\n".repeat(50).getBytes(StandardCharsets.US_ASCII));
            huge.raw(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0, 3});
            assertThat(good.query("SELECT 1").value()).isEqualTo("1");
        }
        assertThat(appliance.database(HOST).value("SELECT 1")).isEqualTo("1");
    }

    @Test
    void connectionsOverTheLimitAre1040OrSimilarAndOthersGoOn() {
        List<MySqlWire> wires = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                wires.add(MySqlWire.login(appliance.database(HOST)));
            }
            assertThat(appliance.database(HOST).mariadb("SELECT 1").errors()).containsPattern("ERROR (1040|1203|1226)");
            assertThat(appliance.database("second.test").value("SELECT 1")).isEqualTo("1");
            assertThat(wires.getFirst().query("SELECT 1").value()).isEqualTo("1");
        } finally {
            wires.forEach(MySqlWire::close);
        }
        Eventually.holds(
                Duration.ofSeconds(3),
                () -> assertThat(appliance.database(HOST).value("SELECT 1")).isEqualTo("1"));
    }

    @Test
    void writerThatWaitsTooLongGets1205AndKeepsItsTransaction() {
        try (MySqlWire holder = MySqlWire.login(appliance.database(HOST));
                MySqlWire waiter = MySqlWire.login(appliance.database(HOST))) {
            holder.query("BEGIN");
            holder.query("INSERT INTO t (v) VALUES (100)");
            long start = System.nanoTime();
            MySqlWire.Reply reply = waiter.query("INSERT INTO t (v) VALUES (101)");
            assertThat(reply.error()).isEqualTo(1205);
            assertThat(reply.message()).contains("HY000", "Lock wait timeout exceeded; try restarting transaction");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(1500), Duration.ofSeconds(6));
            assertThat(waiter.query("SELECT 1").value()).isEqualTo("1");
            assertThat(holder.query("COMMIT").error()).isZero();
            assertThat(waiter.query("INSERT INTO t (v) VALUES (102)").error()).isZero();
        }
    }

    @Test
    void readThenWriteOnAnOldSnapshotIs1213OrSeesTheNewRow() {
        try (MySqlWire first = MySqlWire.login(appliance.database(HOST));
                MySqlWire second = MySqlWire.login(appliance.database(HOST))) {
            first.query("CREATE TABLE IF NOT EXISTS counter (n INT)");
            first.query("DELETE FROM counter");
            first.query("INSERT INTO counter VALUES (0)");
            first.query("BEGIN");
            first.query("SELECT n FROM counter");
            assertThat(second.query("UPDATE counter SET n = n + 1").error()).isZero();
            MySqlWire.Reply update = first.query("UPDATE counter SET n = n + 1");
            assertThat(update.error()).isIn(0, 1213);
            first.query("COMMIT");
            // Whatever was acknowledged counts; nothing is lost silently.
            assertThat(second.query("SELECT n FROM counter").value()).isEqualTo(update.error() == 0 ? "2" : "1");
        }
    }

    @Test
    void readersAreNotBlockedByAWriter() {
        try (MySqlWire writer = MySqlWire.login(appliance.database(HOST));
                MySqlWire reader = MySqlWire.login(appliance.database(HOST))) {
            writer.query("BEGIN");
            writer.query("INSERT INTO t (v) VALUES (555)");
            CompletableFuture<String> read = Background.start(
                    () -> reader.query("SELECT COUNT(*) FROM t WHERE v = 555").value());
            assertThat(read.orTimeout(2, java.util.concurrent.TimeUnit.SECONDS).join())
                    .isEqualTo("0");
            writer.query("ROLLBACK");
        }
    }

    private static void assertCleanAfter(java.util.function.Function<MySqlWire, MySqlWire.Reply> reset) {
        try (MySqlWire wire = MySqlWire.login(appliance.database(HOST))) {
            wire.query("CREATE TEMPORARY TABLE gone (a INT)");
            wire.query("SET @v = 5, SESSION sql_mode = '', autocommit = 0");
            wire.query("SET NAMES latin1");
            wire.query("INSERT INTO t (v) VALUES (8080)");
            wire.query("SELECT GET_LOCK('held', 1)");
            assertThat(reset.apply(wire).error()).isZero();
            assertThat(wire.query("SELECT @v").value()).isEqualTo("NULL");
            assertThat(wire.query("SELECT * FROM gone").error()).isEqualTo(1146);
            assertThat(wire.query("SELECT @@autocommit").value()).isEqualTo("1");
            assertThat(wire.query("SELECT @@sql_mode").value()).isNotEmpty();
            assertThat(wire.query("SELECT COUNT(*) FROM t WHERE v = 8080").value())
                    .isEqualTo("0");
            assertThat(wire.query("SELECT LAST_INSERT_ID()").value()).isEqualTo("0");
            assertThat(wire.query("SELECT DATABASE()").value())
                    .isEqualTo(appliance.database(HOST).name());
            try (MySqlWire other = MySqlWire.login(appliance.database(HOST))) {
                assertThat(other.query("SELECT GET_LOCK('held', 0)").value()).isEqualTo("1");
            }
        }
    }
}
