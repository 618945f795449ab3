package dev.ephpm.walreplication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.config.SiteName;
import dev.ephpm.observe.Metrics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a monitor makes of heads and positions, with time at hand. */
class ReplicaMonitorTest {
    private static final SiteName SITE = new SiteName("site.test");
    private static final UUID LOG = UUID.fromString("08a1a40f-5f1e-42c7-b031-7d2513acb47c");
    private static final UUID OTHER = UUID.fromString("f60cbe20-27b9-4672-9b2a-bfbab051f633");

    @TempDir
    private Path directory;

    private final AtomicLong clock = new AtomicLong(Duration.ofDays(1).toNanos());
    private final Home home = new Home();
    private final Replica process = new Replica();
    private final Map<SiteName, ReplicaGate> gates = new LinkedHashMap<>();
    private final ReplicaMonitor monitor = new ReplicaMonitor("tokyo", home, process, () -> gates, clock::get);

    private final class Home implements HomeLog {
        Head head = new Head(LOG, 10L, false);

        @Nullable
        Instant committed;

        @Nullable
        ReplicationException error;

        Duration delay = Duration.ZERO;
        int hellos;

        @Override
        public Head hello(SiteName site) {
            hellos++;
            pass(delay);
            if (error != null) {
                throw error;
            }
            return head;
        }

        @Override
        public List<Commit> commits(SiteName site, long firstFrame) {
            if (committed == null) {
                throw new ReplicationException(ReplicationException.Code.TOO_LARGE, "too large");
            }
            return List.of(new Commit(firstFrame, committed));
        }
    }

    private static final class Replica implements ReplicaProcess {
        int restarts;

        @Override
        public void restart() {
            restarts++;
        }
    }

    @BeforeEach
    void oneSite() throws IOException {
        addSite(SITE);
        applied(SITE, LOG, 10);
    }

    private void addSite(SiteName site) throws IOException {
        Path place = Files.createDirectory(directory.resolve(site.value()));
        Files.writeString(place.resolve("data"), "");
        gates.put(site, new ReplicaGate(new LogFiles(place), Duration.ZERO));
    }

    private void applied(SiteName site, UUID log, long frame) throws IOException {
        Files.write(
                directory.resolve(site.value()).resolve("client_wal_index"),
                ByteBuffer.allocate(32)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(log.getLeastSignificantBits())
                        .putLong(log.getMostSignificantBits())
                        .putLong(frame)
                        .array());
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private ReplicaStatus polled() {
        monitor.poll();
        return monitor.status(SITE).orElseThrow();
    }

    private void pollFor(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            pass(Duration.ofSeconds(1));
            monitor.poll();
        }
    }

    @Test
    void aCopyWithEverythingIsCaughtUpAndItsGateOpens() {
        ReplicaGate gate = Objects.requireNonNull(gates.get(SITE));
        FileIdentity opened = gate.identity().orElseThrow();
        assertThat(gate.admit(opened, null)).isEqualTo(Admission.NOT_HERE);

        ReplicaStatus status = polled();

        assertThat(status.health()).isEqualTo(ReplicaHealth.CAUGHT_UP);
        assertThat(status.lag()).isEqualTo(new Lag.Behind(0, Duration.ZERO));
        assertThat(gate.admit(opened, null)).isEqualTo(Admission.ADMITTED);
        assertThat(monitor.isHomeReady()).isTrue();
    }

    @Test
    void theLagIsCountedInFramesAndFromTheOldestMissingHead() throws IOException {
        polled();
        home.head = new Head(LOG, 12L, false);
        assertThat(polled().lag()).isEqualTo(new Lag.Behind(2, Duration.ZERO));
        pass(Duration.ofSeconds(3));
        home.head = new Head(LOG, 20L, false);
        assertThat(polled().lag()).isEqualTo(new Lag.Behind(10, Duration.ofSeconds(3)));

        applied(SITE, LOG, 12);

        assertThat(polled().lag()).isEqualTo(new Lag.Behind(8, Duration.ZERO));
        assertThat(polled().health()).isEqualTo(ReplicaHealth.BEHIND);
    }

    /** The home's clock is an hour ahead: only differences within one clock count. */
    @Test
    void timesOfCommitsMakeTheLagExact() {
        polled();
        Instant ahead = Instant.parse("2026-01-01T01:00:00Z");
        home.head = new Head(LOG, 11L, false);
        home.committed = ahead;
        polled();
        pass(Duration.ofMillis(1_300));
        home.head = new Head(LOG, 12L, false);
        home.committed = ahead.plusMillis(1_900);

        assertThat(polled().lag()).isEqualTo(new Lag.Behind(2, Duration.ofMillis(1_900)));
        pass(Duration.ofMillis(100));
        assertThat(polled().lag()).isEqualTo(new Lag.Behind(2, Duration.ofSeconds(2)));
    }

    @Test
    void aCopyOfAnotherLogIsResyncing() throws IOException {
        polled();
        home.head = new Head(OTHER, 5L, false);

        assertThat(polled().health()).isEqualTo(ReplicaHealth.RESYNCING);
        assertThat(polled().lag()).isEqualTo(new Lag.Resyncing());
        Files.write(directory.resolve(SITE.value()).resolve("client_wal_index"), new byte[0]);
        assertThat(polled().lag()).isEqualTo(new Lag.Resyncing());
        applied(SITE, OTHER, 5);
        assertThat(polled().health()).isEqualTo(ReplicaHealth.CAUGHT_UP);
    }

    @Test
    void aSilentHomeIsNoReasonToRestartAnything() {
        polled();
        home.head = new Head(LOG, 99L, false);
        polled();
        home.error = new ReplicationException(ReplicationException.Code.UNREACHABLE, "no route");

        pollFor(Duration.ofMinutes(10));

        ReplicaStatus status = polled();
        assertThat(status.health()).isEqualTo(ReplicaHealth.HOME_SILENT);
        assertThat(status.lag()).isEqualTo(new Lag.Unknown());
        assertThat(status.lastError()).contains("no route");
        assertThat(monitor.isHomeReady()).isFalse();
        assertThat(process.restarts).isZero();

        home.error = null;
        assertThat(polled().health()).as("it gets its time anew").isEqualTo(ReplicaHealth.BEHIND);
    }

    @Test
    void aHomeThatDoesNotAnswerIsAskedOnceInAPass() throws IOException {
        addSite(new SiteName("two.test"));
        addSite(new SiteName("three.test"));
        home.error = new ReplicationException(ReplicationException.Code.UNREACHABLE, "no route");

        monitor.poll();

        assertThat(home.hellos).isEqualTo(1);
        assertThat(monitor.statuses()).hasSize(3);
        home.error = new ReplicationException(ReplicationException.Code.UNKNOWN_SITE, "unknown");
        monitor.poll();
        assertThat(home.hellos).as("an unknown site says nothing of the others").isEqualTo(4);
    }

    @Test
    void aSlowHomeIsNotReady() {
        home.delay = Duration.ofMillis(999);
        polled();
        assertThat(monitor.isHomeReady()).isTrue();

        home.delay = Duration.ofSeconds(1);
        polled();
        assertThat(monitor.isHomeReady()).isFalse();
    }

    @Test
    void aCopyThatStandsStillForTenSecondsGetsANewProcess() {
        polled();
        home.head = new Head(LOG, 11L, false);
        polled();
        pollFor(Duration.ofSeconds(9));
        assertThat(process.restarts).isZero();

        pollFor(Duration.ofSeconds(1));

        assertThat(process.restarts).isEqualTo(1);
        assertThat(monitor.repairs()).isEqualTo(1);
    }

    @Test
    void aCopyThatMovesIsLeftAlone() throws IOException {
        home.head = new Head(LOG, 100_000L, false);
        for (int frame = 11; frame < 100; frame++) {
            applied(SITE, LOG, frame);
            pollFor(Duration.ofSeconds(5));
        }
        assertThat(process.restarts).isZero();
    }

    @Test
    void buildingACopyMayTakeTwoMinutes() {
        polled();
        home.head = new Head(OTHER, 11L, false);
        polled();
        pollFor(Duration.ofSeconds(119));
        assertThat(process.restarts).isZero();

        pollFor(Duration.ofSeconds(1));
        assertThat(process.restarts).isEqualTo(1);
    }

    @Test
    void repairsBecomeRarerAndEndUntilSomethingMoves() throws IOException {
        polled();
        home.head = new Head(LOG, 11L, false);
        pollFor(Duration.ofSeconds(27));
        assertThat(process.restarts).isEqualTo(2);
        pollFor(Duration.ofHours(1));
        assertThat(process.restarts).isEqualTo(RepairBudget.MOST_REPAIRS);

        applied(SITE, LOG, 11);
        polled();
        home.head = new Head(LOG, 12L, false);
        pollFor(Duration.ofSeconds(12));
        assertThat(process.restarts).isEqualTo(RepairBudget.MOST_REPAIRS + 1);
    }

    @Test
    void headsAreRememberedWithinALimit() {
        HeadHistory history = new HeadHistory();
        for (int frame = 1; frame <= 10 * HeadHistory.MOST_HEADS; frame++) {
            history.add(frame, Duration.ofSeconds(frame).toNanos(), null);
        }

        assertThat(history.size()).isEqualTo(HeadHistory.MOST_HEADS);
        assertThat(history.waiting(Duration.ofSeconds(1_000).toNanos())).isEqualTo(Duration.ofSeconds(999));
        history.applied(10L * HeadHistory.MOST_HEADS);
        assertThat(history.size()).isZero();
        assertThat(history.waiting(1)).isZero();
    }

    @Test
    void whatIsNoSiteAnyMoreIsForgotten() {
        polled();
        gates.clear();

        monitor.poll();

        assertThat(monitor.status(SITE)).isEmpty();
    }

    @Test
    void metersSayWhatTheMonitorKnows() {
        Metrics metrics = new Metrics();
        ReplicationMeters.register(metrics, monitor);
        polled();
        home.head = new Head(LOG, 14L, false);
        polled();
        pass(Duration.ofSeconds(2));
        polled();

        assertThat(metrics.scrape())
                .contains("ephpm_replication_lag_frames{home=\"tokyo\"} 4.0")
                .contains("ephpm_replication_lag_seconds{home=\"tokyo\"} 2.0")
                .contains("ephpm_replication_sites{home=\"tokyo\",state=\"behind\"} 1.0")
                .contains("ephpm_replication_sites{home=\"tokyo\",state=\"stuck\"} 0.0")
                .contains("ephpm_replication_repairs_total{home=\"tokyo\"} 0.0")
                .contains("ephpm_replication_hello_seconds{home=\"tokyo\"}");
    }
}
