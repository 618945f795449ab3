package dev.ephpm.walreplication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real replica through the worst of its life: logs that begin anew, cuts that nobody notices, roles that change. */
class ReplicaIT {
    private static final SiteName SITE = new SiteName("site.test");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private PeerCredentials server;
    private PeerCredentials node;
    private TestSqld primary;
    private TestSqld replica;
    private ReplicationLogClient client;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        TestCertificates certificates = new TestCertificates(directory.resolve("certificates"));
        server = certificates.sign("sqld");
        node = certificates.sign("node");
        primary = TestSqld.primary(directory.resolve("primary"), server);
        replica = TestSqld.replica(directory.resolve("replica"), node, primary.grpcPort());
        client = new ReplicationLogClient("127.0.0.1", primary.grpcPort(), node, LIMIT);
        primary.create(SITE);
        primary.write(SITE, "CREATE TABLE t (x INTEGER PRIMARY KEY, y)");
        replica.touch(SITE);
    }

    @AfterEach
    void stop() {
        client.close();
        replica.close();
        primary.close();
    }

    /** What a visitor has written: so many rows, and where the log was then. */
    private record Written(int rows, Position position) {}

    /**
     * Reads through the gate while the primary writes and is killed, which begins a new log each time. No admitted read may miss
     * what was written before it began.
     */
    @Test
    void noReadIsOlderThanItsReader() throws Exception {
        ReplicaGate gate = new ReplicaGate(replica.files(SITE), Duration.ofMillis(5));
        AtomicReference<@Nullable Written> latest = new AtomicReference<>();
        Map<Admission, Integer> admissions = new EnumMap<>(Admission.class);
        try (Reader reader = new Reader(gate, latest, admissions)) {
            int rows = 0;
            for (int round = 0; round < 4; round++) {
                for (int write = 0; write < 60; write++) {
                    long frame = primary.write(SITE, "INSERT INTO t VALUES (" + rows++ + ", zeroblob(3000))");
                    Position position = primary.files(SITE).primaryPosition().orElseThrow();
                    latest.set(new Written(rows, new Position(position.log(), frame)));
                    if (write % 5 == 0) {
                        gate.headSeen(client.hello(SITE));
                    }
                }
                awaitAdmitted(reader);
                primary.kill();
                primary.start();
                primary.touch(SITE);
                gate.headSeen(helloWithin());
            }
        }
        System.out.println("admissions over three new logs: " + admissions);
        assertThat(admissions.keySet())
                .containsAnyOf(Admission.REPLACED, Admission.NOT_HERE, Admission.OTHER_LOG)
                .contains(Admission.ADMITTED);
        assertThat(admissions.get(Admission.ADMITTED)).isGreaterThan(50);
    }

    private Head helloWithin() throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                return client.hello(SITE);
            } catch (ReplicationException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }

    private static void awaitAdmitted(Reader reader) throws InterruptedException {
        long before = reader.admitted.get();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (reader.admitted.get() == before && reader.failure == null && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
        assertThat(reader.failure).isNull();
        assertThat(reader.admitted.get()).isGreaterThan(before);
    }

    /** A pooled read-only handle, as litewire has them. */
    private final class Reader implements AutoCloseable {
        private final ReplicaGate gate;
        private final AtomicReference<@Nullable Written> latest;
        private final Map<Admission, Integer> admissions;
        private final Thread thread;
        private volatile boolean stopped;
        private final AtomicLong admitted = new AtomicLong();
        private volatile @Nullable Throwable failure;

        Reader(ReplicaGate gate, AtomicReference<@Nullable Written> latest, Map<Admission, Integer> admissions) {
            this.gate = gate;
            this.latest = latest;
            this.admissions = admissions;
            thread = Thread.ofPlatform().start(this::run);
        }

        private void run() {
            try {
                while (!stopped) {
                    FileIdentity before = gate.identity().orElse(null);
                    if (before == null) {
                        admissions.merge(Admission.NOT_HERE, 1, Integer::sum);
                        TimeUnit.MILLISECONDS.sleep(1);
                        continue;
                    }
                    Path data = replica.directory(SITE).resolve("data");
                    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + data + "?mode=ro")) {
                        if (before.equals(gate.identity().orElse(null))) {
                            readUntilReplaced(connection, before);
                        }
                    } catch (SQLException e) {
                        // Between deletion and recreation the file cannot be opened.
                        if (before.equals(gate.identity().orElse(null))) {
                            throw e;
                        }
                    }
                }
            } catch (SQLException | InterruptedException | RuntimeException | AssertionError e) {
                failure = e;
            }
        }

        private void readUntilReplaced(Connection connection, FileIdentity opened)
                throws SQLException, InterruptedException {
            while (!stopped) {
                Written written = latest.get();
                Admission admission = gate.admit(opened, written == null ? null : written.position);
                admissions.merge(admission, 1, Integer::sum);
                if (admission == Admission.REPLACED || admission == Admission.NOT_HERE) {
                    return;
                }
                if (admission == Admission.ADMITTED && written != null) {
                    assertThat(count(connection)).isGreaterThanOrEqualTo(written.rows);
                    admitted.incrementAndGet();
                }
                TimeUnit.MICROSECONDS.sleep(200);
            }
        }

        private static int count(Connection connection) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM t");
                    ResultSet result = statement.executeQuery()) {
                return result.getInt(1);
            }
        }

        @Override
        public void close() {
            stopped = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The relay goes silent without closing anything: sqld never notices. The monitor does, and has it restarted. */
    @Test
    void aHalfOpenConnectionIsFoundAndRepaired() throws Exception {
        try (SilentRelay relay = new SilentRelay(primary.grpcPort());
                TestSqld distant = TestSqld.replica(directory.resolve("distant"), node, relay.port())) {
            distant.touch(SITE);
            distant.awaitFrame(SITE, primary.write(SITE, "INSERT INTO t VALUES (1, 1)"));
            // Time is the test's own, so that ten seconds do not have to pass.
            long[] now = {0};
            ReplicaMonitor monitor = monitor(distant, () -> now[0]);
            monitor.poll();
            assertThat(monitor.status(SITE).orElseThrow().health()).isEqualTo(ReplicaHealth.CAUGHT_UP);

            relay.silence();
            long frame = primary.write(SITE, "INSERT INTO t VALUES (2, 2)");
            for (int second = 0; second <= 10; second++) {
                monitor.poll();
                now[0] += Duration.ofSeconds(1).toNanos();
            }
            assertThat(monitor.repairs()).isEqualTo(1);

            distant.awaitFrame(SITE, frame);
            monitor.poll();
            assertThat(monitor.status(SITE).orElseThrow().health()).isEqualTo(ReplicaHealth.CAUGHT_UP);
        }
    }

    private ReplicaMonitor monitor(TestSqld process, LongSupplier clock) {
        ReplicaProcess restartable = () -> {
            try {
                process.kill();
                process.start();
                process.touch(SITE);
            } catch (IOException | InterruptedException e) {
                throw new ReplicationException(ReplicationException.Code.UNREACHABLE, "restart", e);
            }
        };
        Map<SiteName, ReplicaGate> gates = Map.of(SITE, new ReplicaGate(process.files(SITE), Duration.ZERO));
        return new ReplicaMonitor("primary", client, restartable, () -> gates, clock);
    }

    /** What sqld does by itself when a directory changes its role twice: two databases under one log, and nobody notices. */
    @Test
    void rolesThatChangeTwiceWithoutAWipeDivergeSilently() throws Exception {
        assertThat(flipFlop(false))
                .as("what sqld does without us; if it learned better, the wipe could go")
                .isFalse();
    }

    @Test
    void rolesThatChangeTwiceWithAWipeAgree() throws Exception {
        assertThat(flipFlop(true)).isTrue();
    }

    /** First A is primary, then B, then A again, each on its own directory; gives whether a fresh replica has what A has. */
    private boolean flipFlop(boolean wipe) throws Exception {
        Path a = directory.resolve("primary");
        Path b = directory.resolve("replica");
        long last = 0;
        for (int row = 0; row < 50; row++) {
            last = primary.write(SITE, "INSERT INTO t VALUES (" + row + ", 'first A')");
        }
        replica.awaitFrame(SITE, last);
        primary.stop();
        replica.stop();

        changeRole(b, wipe);
        try (TestSqld promoted = TestSqld.primary(b, server)) {
            changeRole(a, wipe);
            try (TestSqld demoted = TestSqld.replica(a, node, promoted.grpcPort())) {
                demoted.touch(SITE);
                for (int row = 50; row < 100; row++) {
                    last = promoted.write(SITE, "INSERT INTO t VALUES (" + row + ", 'B')");
                }
                demoted.awaitFrame(SITE, last);
                demoted.stop();
            }
            promoted.stop();
        }
        changeRole(a, wipe);
        try (TestSqld again = TestSqld.primary(a, server);
                TestSqld fresh = TestSqld.replica(directory.resolve("fresh"), node, again.grpcPort())) {
            again.touch(SITE);
            fresh.touch(SITE);
            long end = System.nanoTime() + Duration.ofSeconds(wipe ? 20 : 2).toNanos();
            String rows = "SELECT count(*) FROM t";
            while (System.nanoTime() < end) {
                if (countOf(fresh, rows).equals("100")) {
                    break;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(countOf(again, rows)).isEqualTo("100");
            return countOf(fresh, rows).equals("100");
        }
    }

    private static String countOf(TestSqld process, String sql) {
        try {
            return SqliteCopy.read(process.directory(SITE).resolve("data"), sql);
        } catch (IllegalStateException e) {
            return "none yet";
        }
    }

    private static void changeRole(Path process, boolean wipe) {
        if (wipe) {
            new SiteDirectory(process.resolve("dbs").resolve(SITE.value())).wipeLogState();
        }
    }
}
