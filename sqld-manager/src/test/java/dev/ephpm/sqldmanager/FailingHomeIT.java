package dev.ephpm.sqldmanager;

import static dev.ephpm.sqldmanager.Fleets.PATIENCE;
import static dev.ephpm.sqldmanager.Fleets.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ephpm.config.HostAndPort;
import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home that goes away and comes back, and one that is killed again and again. */
class FailingHomeIT {
    private static final SiteName SITE = new SiteName("a.example");
    private static final int KILLS = 5;

    @TempDir
    private Path directory;

    @Test
    void aReplicaReadsOnWithoutItsHomeAndFollowsAgainAfterwards() throws IOException, InterruptedException {
        HostAndPort address = Fleets.freeAddress();
        FleetSettings north = Fleets.settings(directory.resolve("north"), address, Map.of());
        try (SqldFleet south = SqldFleet.start(
                Fleets.settings(directory.resolve("south"), Fleets.freeAddress(), Map.of("north", address)))) {
            SqldServer replica = south.replica("north");
            try (SqldFleet home = SqldFleet.start(north)) {
                home.primary().create(SITE, PATIENCE);
                home.primary().hrana().execute(SITE, sql("CREATE TABLE t (x)"), PATIENCE);
                replica.follow(SITE, PATIENCE);
                awaitCaughtUp(replica, home.primary());
            }
            assertThat(Fleets.value(replica, SITE, "SELECT count(*) FROM t")).isEqualTo(new HranaValue.Int64(0));
            SqldException unknown = catchThrowableOfType(
                    SqldException.class,
                    () -> replica.hrana().execute(SITE, sql("INSERT INTO t VALUES (1)"), Duration.ofMillis(500)));
            assertThat(unknown.reason()).isEqualTo(SqldException.Reason.UNKNOWN_OUTCOME);

            /* Started while the home is away: its sites cannot be opened yet. */
            int starts = replica.status().starts();
            replica.restart("to see what it does without its home");
            Fleets.await("a new process", () -> replica.status().starts() > starts);
            try (SqldFleet home = SqldFleet.start(north)) {
                home.primary().hrana().execute(SITE, sql("DELETE FROM t"), PATIENCE);
                home.primary().hrana().execute(SITE, sql("INSERT INTO t VALUES (2), (3), (4)"), PATIENCE);
                awaitRows(replica, 3);
            }
        }
    }

    /** Until then a replica asks its home even for reads. */
    private static void awaitCaughtUp(SqldServer replica, SqldServer home) throws InterruptedException {
        OptionalLong head = home.admin().stats(SITE, PATIENCE).replicationIndex();
        assertThat(head).isPresent();
        Fleets.await(
                "the head",
                () -> replica.admin().stats(SITE, PATIENCE).replicationIndex().equals(head));
    }

    private static void awaitRows(SqldServer replica, long rows) throws InterruptedException {
        Fleets.await(rows + " rows", () -> {
            try {
                HranaResult result =
                        replica.hrana().execute(SITE, sql("SELECT count(*) FROM t"), Duration.ofMillis(500));
                return result.rows().getFirst().getFirst().equals(new HranaValue.Int64(rows));
            } catch (SqldException e) {
                return false;
            }
        });
    }

    /** Every acknowledged row is there; of those without an answer some are; of those not sent none. */
    @Test
    void nothingAcknowledgedIsLostHoweverOftenTheProcessIsKilled() throws IOException, InterruptedException {
        try (SqldFleet fleet = Fleets.alone(directory)) {
            SqldServer server = fleet.primary();
            server.create(SITE, PATIENCE);
            server.hrana().execute(SITE, sql("CREATE TABLE t (x)"), PATIENCE);
            Map<SqldException.Reason, Long> failures = new EnumMap<>(SqldException.Reason.class);
            long acknowledged = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                int starts = server.status().starts();
                for (int row = 0; server.status().starts() == starts || row < 100; row++) {
                    if (row == 50) {
                        ProcessHandle.of(server.status().pid().orElseThrow()).ifPresent(ProcessHandle::destroyForcibly);
                    }
                    try {
                        server.hrana().execute(SITE, sql("INSERT INTO t VALUES (1)"), PATIENCE);
                        acknowledged++;
                    } catch (SqldException e) {
                        failures.merge(e.reason(), 1L, Long::sum);
                        Thread.sleep(1);
                    }
                }
            }
            long rows = ((HranaValue.Int64) Fleets.value(server, SITE, "SELECT count(*) FROM t")).value();
            assertThat(rows)
                    .isBetween(
                            acknowledged,
                            acknowledged + failures.getOrDefault(SqldException.Reason.UNKNOWN_OUTCOME, 0L));
            assertThat(failures.keySet())
                    .isSubsetOf(SqldException.Reason.UNKNOWN_OUTCOME, SqldException.Reason.UNREACHABLE);
            assertThat(failures).containsKey(SqldException.Reason.UNREACHABLE);
            assertThat(Fleets.value(server, SITE, "PRAGMA integrity_check")).isEqualTo(new HranaValue.Text("ok"));
            assertThat(server.count(Complaint.LOG_REBUILT)).isZero();
        }
    }
}
