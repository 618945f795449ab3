package dev.ephpm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ephpm.config.HostAndPort;
import dev.ephpm.config.SiteName;
import dev.ephpm.litewire.sqlite.RemoteException;
import dev.ephpm.litewire.sqlite.RemoteResult;
import dev.ephpm.litewire.sqlite.RemoteStep;
import dev.ephpm.litewire.sqlite.RemoteStream;
import dev.ephpm.sqldmanager.FleetSettings;
import dev.ephpm.sqldmanager.SqldFleet;
import dev.ephpm.walreplication.ReplicationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What litewire and replication are given of sqld, on a real one. */
class SqldAdaptersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path directory;

    private static SqldFleet fleet;
    private static SqldServerControl control;

    @BeforeAll
    static void start() throws IOException {
        Path root = Repository.root();
        fleet = SqldFleet.start(new FleetSettings(
                directory.resolve("sqld"),
                root.resolve("sqld-manager/target/native/sqld-launcher"),
                root.resolve("appliance/litewire/target/native/litewire-sqld.so"),
                Optional.of(root.resolve("build/sqld/sqld")),
                freeAddress(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                100));
        control = new SqldServerControl(fleet.primary(), PATIENCE);
    }

    private static HostAndPort freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new HostAndPort("127.0.0.1", socket.getLocalPort());
        }
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    private static RemoteStream open(String site) {
        return new SqldRemoteDatabase(fleet.primary(), new SiteName(site), PATIENCE).open();
    }

    private static RemoteStep step(String sql, Object... parameters) {
        return new RemoteStep(sql, Arrays.asList(parameters));
    }

    @Test
    void litewireWritesAndReads() throws RemoteException {
        control.create(new SiteName("write.example"));
        try (RemoteStream stream = open("write.example")) {
            List<RemoteResult> results = stream.run(List.of(
                    step("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c, d)"),
                    step("BEGIN"),
                    step("INSERT INTO t (a, b, c, d) VALUES (?1, ?2, ?3, ?4)", 7L, 0.5, "text", new byte[] {1, 2}),
                    step("SELECT a, b, c, d, NULL AS e FROM t")));
            assertThat(results.get(2).affectedRows()).isEqualTo(1);
            assertThat(results.get(2).lastInsertRowid()).isEqualTo(1);
            assertThat(results.get(3).columns()).containsExactly("a", "b", "c", "d", "e");
            assertThat(results.get(3).rows().getFirst()).containsExactly(7L, 0.5, "text", new byte[] {1, 2}, null);
            assertThat(stream.inTransaction()).isTrue();
            assertThat(stream.run(List.of(step("COMMIT"))).getFirst().frame()).isPositive();
            assertThat(stream.inTransaction()).isFalse();
        }
    }

    @Test
    void refusalsArriveWithSqlitesWords() throws RemoteException {
        control.create(new SiteName("refuse.example"));
        try (RemoteStream stream = open("refuse.example")) {
            stream.run(List.of(step("CREATE TABLE t (id INTEGER PRIMARY KEY)"), step("INSERT INTO t VALUES (1)")));
            RemoteException refused = catchThrowableOfType(
                    RemoteException.class,
                    () -> stream.run(List.of(step("INSERT INTO t VALUES (1)"), step("SELECT 1"))));
            assertThat(refused.kind()).isEqualTo(RemoteException.Kind.REFUSED);
            assertThat(refused.getMessage()).contains("UNIQUE constraint failed: t.id");
            assertThat(catchThrowableOfType(RemoteException.class, () -> stream.run(List.of(step("SELEC"))))
                            .kind())
                    .isEqualTo(RemoteException.Kind.REFUSED);
        }
        try (RemoteStream nowhere = open("nowhere.example")) {
            assertThat(catchThrowableOfType(RemoteException.class, () -> nowhere.run(List.of(step("SELECT 1"))))
                            .kind())
                    .isEqualTo(RemoteException.Kind.UNREACHABLE);
        }
    }

    @Test
    void replicationCreatesFencesAndDeletes() throws RemoteException {
        control.create(new SiteName("life.example"));
        control.create(new SiteName("life.example"));
        control.blockWrites(new SiteName("life.example"), true);
        try (RemoteStream stream = open("life.example")) {
            assertThatThrownBy(() -> stream.run(List.of(step("CREATE TABLE t (x)"))))
                    .hasMessageContaining("another region takes the writes");
            control.blockWrites(new SiteName("life.example"), false);
            stream.run(List.of(step("CREATE TABLE t (x)")));
        }
        assertThat(control.directory(new SiteName("life.example")).resolve("data"))
                .isRegularFile();
        control.delete(new SiteName("life.example"));
        control.delete(new SiteName("life.example"));
        assertThat(control.directory(new SiteName("life.example"))).doesNotExist();
        assertThatThrownBy(() -> control.touch(new SiteName("life.example")))
                .isInstanceOfSatisfying(
                        ReplicationException.class,
                        e -> assertThat(e.code()).isEqualTo(ReplicationException.Code.UNKNOWN_SITE));
    }

    @Test
    void aPlacedFileIsCheckedBeforeSqldSeesIt() throws IOException {
        Path place = control.directory(new SiteName("placed.example"));
        Files.createDirectories(place);
        Files.writeString(place.resolve("data"), "no database");
        assertThatThrownBy(() -> control.create(new SiteName("placed.example")))
                .isInstanceOf(ReplicationException.class)
                .hasMessageContaining("not an SQLite database");
    }
}
