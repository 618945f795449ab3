package dev.ephpm.sqldmanager;

import static dev.ephpm.sqldmanager.Fleets.PATIENCE;
import static dev.ephpm.sqldmanager.Fleets.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ephpm.config.HostAndPort;
import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes of two regions on this machine: north is the home of the sites, south follows. */
class SqldFleetIT {
    private static final SiteName SITE = new SiteName("a.example");
    private static final Path FIXTURES = Path.of("src/test/resources/databases");

    @TempDir
    private static Path directory;

    private static SqldFleet north;
    private static SqldFleet south;
    private static SqldServer home;
    private static SqldServer replica;

    @BeforeAll
    static void start() throws IOException {
        HostAndPort northAddress = Fleets.freeAddress();
        HostAndPort southAddress = Fleets.freeAddress();
        north = SqldFleet.start(Fleets.withEmbeddedProgram(
                Fleets.settings(directory.resolve("north"), northAddress, Map.of("south", southAddress))));
        south = SqldFleet.start(
                Fleets.settings(directory.resolve("south"), southAddress, Map.of("north", northAddress)));
        home = north.primary();
        replica = south.replica("north");
        home.create(SITE, PATIENCE);
        home.hrana().execute(SITE, sql("CREATE TABLE t (x)"), PATIENCE);
        replica.follow(SITE, PATIENCE);
    }

    @AfterAll
    static void stop() {
        south.close();
        north.close();
    }

    private static HranaResult write(SqldServer server, SiteName site, String statement) {
        return server.hrana().execute(site, sql(statement), PATIENCE);
    }

    private static void awaitRows(SiteName site, long rows) throws InterruptedException {
        Fleets.await(rows + " rows of " + site, () -> {
            try {
                return Fleets.value(replica, site, "SELECT count(*) FROM t").equals(new HranaValue.Int64(rows));
            } catch (SqldException e) {
                return false;
            }
        });
    }

    private static SiteName created(String name) {
        SiteName site = new SiteName(name);
        home.create(site, PATIENCE);
        write(home, site, "CREATE TABLE t (x)");
        write(home, site, "INSERT INTO t VALUES (1)");
        return site;
    }

    @Test
    void everyProcessSaysHowItIs() {
        assertThat(north.status()).extracting(SqldStatus::name).containsExactly("primary", "replica-south");
        assertThat(north.status()).allSatisfy(status -> {
            assertThat(status.state()).isEqualTo(SqldState.READY);
            assertThat(status.pid()).isPresent();
        });
    }

    @Test
    void aWriteThroughTheReplicaGoesHomeAndComesBack() throws InterruptedException {
        SiteName site = created("forward.example");
        replica.follow(site, PATIENCE);
        HranaResult written = write(replica, site, "INSERT INTO t VALUES (2)");
        assertThat(written.affectedRows()).isEqualTo(1);
        assertThat(Fleets.value(home, site, "SELECT count(*) FROM t")).isEqualTo(new HranaValue.Int64(2));
        awaitRows(site, 2);
        long head = home.admin().stats(site, PATIENCE).replicationIndex().orElseThrow();
        Fleets.await(
                "the head",
                () -> replica.admin().stats(site, PATIENCE).replicationIndex().orElse(-1) == head);
        assertThat(replica.database(site)).isRegularFile();
        assertThat(home.files(site)).isDirectory();
    }

    /** More than the 100 that sqld keeps open unless told otherwise. */
    @Test
    void allSitesReplicateAgainAfterAReplicaWasKilled() throws InterruptedException {
        List<SiteName> sites = new ArrayList<>();
        for (int index = 0; index < 105; index++) {
            SiteName site = created("warm" + index + ".example");
            replica.follow(site, PATIENCE);
            sites.add(site);
        }
        long pid = replica.status().pid().orElseThrow();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Fleets.await("a new process", () -> replica.status().pid().orElse(pid) != pid && isReady(replica));
        for (SiteName site : sites) {
            write(home, site, "INSERT INTO t VALUES (2)");
        }
        /* Read from the files: nothing touches the sites but the warm-up. */
        for (SiteName site : sites) {
            Fleets.await("the frames of " + site, () -> appliedFrame(site) >= headFrame(site));
        }
    }

    private static long headFrame(SiteName site) {
        return home.admin().stats(site, PATIENCE).replicationIndex().orElse(-1);
    }

    /** The last frame in {@code client_wal_index}, little endian at 16. */
    private static long appliedFrame(SiteName site) {
        try {
            byte[] index = Files.readAllBytes(replica.files(site).resolve("client_wal_index"));
            return index.length < 24
                    ? -1
                    : ByteBuffer.wrap(index).order(ByteOrder.LITTLE_ENDIAN).getLong(16);
        } catch (IOException e) {
            return -1;
        }
    }

    private static boolean isReady(SqldServer server) {
        return server.status().state() == SqldState.READY;
    }

    @Test
    void aKilledPrimaryKeepsItsRowsAndItsLog() throws InterruptedException, IOException {
        SiteName site = created("crash.example");
        byte[] log = logId(site);
        long pid = home.status().pid().orElseThrow();
        int starts = home.status().starts();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Fleets.await("a new process", () -> home.status().starts() > starts && isReady(home));
        assertThat(home.status().lastEnd()).isEqualTo("signal 9");
        assertThat(Fleets.value(home, site, "SELECT count(*) FROM t")).isEqualTo(new HranaValue.Int64(1));
        assertThat(logId(site)).as("log id").isEqualTo(log);
    }

    private static byte[] logId(SiteName site) throws IOException {
        return Arrays.copyOfRange(Files.readAllBytes(home.files(site).resolve("wallog")), 16, 32);
    }

    @Test
    void aReplicaIsRestartedOnRequest() throws InterruptedException {
        SqldServer other = north.replica("south");
        long pid = other.status().pid().orElseThrow();
        other.restart("its stream is dead");
        Fleets.await(
                "a new process", () -> isReady(other) && other.status().pid().orElse(pid) != pid);
    }

    @Test
    void writesAreFencedAndReleased() {
        SiteName site = created("fence.example");
        NamespaceConfig fence = NamespaceConfig.writesBlocked("moving to south");
        home.admin().configure(site, fence, PATIENCE);
        assertThat(home.admin().configuration(site, PATIENCE)).isEqualTo(fence);
        assertThatThrownBy(() -> write(home, site, "INSERT INTO t VALUES (2)")).hasMessageContaining("moving to south");
        assertThat(Fleets.value(home, site, "SELECT count(*) FROM t")).isEqualTo(new HranaValue.Int64(1));
        home.admin().configure(site, NamespaceConfig.OPEN, PATIENCE);
        write(home, site, "INSERT INTO t VALUES (2)");
    }

    @Test
    void aCheckpointEmptiesTheWriteAheadLog() throws IOException {
        SiteName site = created("checkpoint.example");
        assertThat(home.files(site).resolve("data-wal")).isNotEmptyFile();
        home.admin().checkpoint(site, PATIENCE);
        assertThat(home.files(site).resolve("data-wal")).isEmptyFile();
    }

    @Test
    void aSiteCannotBeCreatedTwice() {
        SqldException refused = catchThrowableOfType(SqldException.class, () -> home.create(SITE, PATIENCE));
        assertThat(refused.reason()).isEqualTo(SqldException.Reason.REFUSED);
    }

    @Test
    void aRemovedSiteIsGoneEverywhereAndNobodyLooksForIt() throws InterruptedException {
        SiteName site = created("gone.example");
        replica.follow(site, PATIENCE);
        awaitRows(site, 1);
        SiteRemoval.remove(site, home, List.of(replica), PATIENCE);
        long complaints = replica.count(Complaint.NOT_AT_HOME);
        assertThat(home.files(site)).doesNotExist();
        assertThat(replica.database(site)).doesNotExist();
        assertThat(home.sites()).doesNotContain(site);
        Thread.sleep(Duration.ofSeconds(1));
        assertThat(replica.count(Complaint.NOT_AT_HOME)).isEqualTo(complaints);
        home.create(site, PATIENCE);
        write(home, site, "CREATE TABLE t (x)");
        replica.follow(site, PATIENCE);
        awaitRows(site, 0);
    }

    @Test
    void aFileBecomesASite() throws IOException, InterruptedException {
        SiteName site = new SiteName("placed.example");
        home.create(site, FIXTURES.resolve("page-4096.db"), PATIENCE);
        assertThat(Fleets.value(home, site, "SELECT count(*) FROM t")).isEqualTo(new HranaValue.Int64(3));
        replica.follow(site, PATIENCE);
        awaitRows(site, 3);
        assertThatThrownBy(() -> home.create(site, FIXTURES.resolve("page-4096.db"), PATIENCE))
                .hasMessageContaining("is there already");
    }

    /** sqld would end by this, and every site with it. */
    @Test
    void aFileWithOtherPagesIsRefused() {
        SiteName site = new SiteName("pages.example");
        assertThatThrownBy(() -> home.create(site, FIXTURES.resolve("page-1024.db"), PATIENCE))
                .hasMessageContaining("have 1024 bytes and must have 4096");
        assertThat(home.files(site)).doesNotExist();
        assertThat(isReady(home)).isTrue();
    }

    @Test
    void whoDoesNotKnowTheSecretIsRefused() throws IOException {
        Endpoint known = home.endpoint();
        Endpoint guessed = new Endpoint(known.port(), "Basic Z3Vlc3NlZA");
        byte[] request = PipelineRequest.execute(null, sql("SELECT 1"), true);
        byte[] head =
                HttpRequestHead.of("POST", "/v3/pipeline", guessed, HttpRequestHead.namespace(SITE), request.length);
        try (LoopbackConnection connection = LoopbackConnection.open(guessed, 1 << 20)) {
            assertThat(connection.exchange(head, request, PATIENCE).status()).isEqualTo(401);
        }
        String commandLine = Files.readString(
                Path.of("/proc", Long.toString(home.status().pid().orElseThrow()), "cmdline"),
                StandardCharsets.ISO_8859_1);
        assertThat(commandLine).doesNotContain(known.authorization().substring("Basic ".length()));
    }

    /** A replica runs reads itself. */
    @Test
    void sqlCannotReadFilesOnAReplicaEither() {
        for (String statement : List.of(
                "SELECT readfile('/etc/hostname')",
                "SELECT writefile('" + directory.resolve("written") + "', 'x')",
                "SELECT data FROM fsdir('/etc/hostname')",
                "SELECT load_extension('/etc/hostname')",
                "ATTACH DATABASE '/etc/hostname' AS other")) {
            assertThatThrownBy(() -> write(replica, SITE, statement))
                    .as(statement)
                    .isInstanceOf(SqldException.class);
        }
        assertThat(directory.resolve("written")).doesNotExist();
    }

    @Test
    void namesWithPaddingInTheirHeaderWork() {
        for (String name : List.of("a", "ab", "abc", "abcd.example", "x".repeat(63) + "." + "y".repeat(63))) {
            SiteName site = new SiteName(name);
            home.create(site, PATIENCE);
            assertThat(Fleets.value(home, site, "SELECT 1")).isEqualTo(new HranaValue.Int64(1));
        }
    }
}
