package dev.ephpm.sqldmanager;

import static dev.ephpm.sqldmanager.Fleets.PATIENCE;
import static dev.ephpm.sqldmanager.Fleets.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.config.HostAndPort;
import dev.ephpm.config.SiteName;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How processes begin and end, and what of them another life finds. */
class ProcessLifeIT {
    private static final SiteName SITE = new SiteName("a.example");
    private static final String OTHER_BOOT = "00000000-0000-0000-0000-000000000000";

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    private Path lock() {
        return directory.resolve("sqld/primary.lock");
    }

    private Process run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(process);
        return process;
    }

    private static String line(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        return String.valueOf(output.readLine());
    }

    @Test
    void ourSuddenDeathEndsEveryProcessAndLosesNoRow() throws IOException, InterruptedException {
        Process appliance = run(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FleetProgram.class.getName(),
                directory.toString());
        String said = line(appliance);
        assertThat(said).matches("ready \\d+ \\d+");
        assertThatThrownBy(() -> Fleets.alone(directory))
                .hasMessageContaining("is in use by process")
                .hasMessageContaining("of the appliance with process number " + appliance.pid());

        appliance.destroyForcibly().waitFor();
        for (String pid : said.substring("ready ".length()).split(" ", -1)) {
            Fleets.await(
                    "the end of " + pid,
                    () -> ProcessIdentity.of(Long.parseLong(pid)).isEmpty());
        }
        try (SqldFleet fleet = Fleets.alone(directory)) {
            assertThat(Fleets.value(fleet.primary(), SITE, "SELECT count(*) FROM t"))
                    .isEqualTo(new HranaValue.Int64(1));
            assertThat(fleet.primary().count(Complaint.LOG_REBUILT)).isZero();
            assertThat(fleet.primary().sites()).containsExactly(SITE);
        }
    }

    /** Started by no launcher, so that it outlives the shell that started it. */
    @Test
    void anOrphanOfAnEarlierLifeIsEnded() throws IOException {
        Files.createDirectories(directory.resolve("sqld/primary"));
        HostAndPort http = Fleets.freeAddress();
        Process shell = run(
                "sh",
                "-c",
                "cd " + directory + "/sqld/primary; " + Fleets.PROGRAM + " -d . --http-listen-addr " + http
                        + " >/dev/null 2>&1 </dev/null & echo $!");
        long orphan = Long.parseLong(line(shell));
        ProcessIdentity identity = ProcessIdentity.of(orphan).orElseThrow();
        Files.writeString(lock(), identity + " " + shell.pid() + " 1 " + ProcessIdentity.bootId() + "\n");
        try (SqldFleet fleet = Fleets.alone(directory)) {
            assertThat(identity.isAlive()).isFalse();
            assertThat(fleet.primary().status().state()).isEqualTo(SqldState.READY);
        } finally {
            ProcessHandle.of(orphan).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aLockThatAnotherProgramHoldsIsRespected() throws IOException {
        Files.createDirectories(directory.resolve("sqld"));
        Process holder = run("flock", lock().toString(), "sh", "-c", "echo held; exec sleep 60");
        assertThat(line(holder)).isEqualTo("held");
        assertThatThrownBy(() -> Fleets.alone(directory))
                .hasMessageContaining("its directory is locked by another process");
    }

    /** A number that has been given to another process since. */
    @Test
    void anotherProcessOfTheSameNumberIsLeftAlone() throws IOException {
        Files.createDirectories(directory.resolve("sqld"));
        Process innocent = run("sleep", "60");
        Files.writeString(lock(), innocent.pid() + " 1 2 3 " + ProcessIdentity.bootId() + "\n");
        try (SqldFleet _ = Fleets.alone(directory)) {
            assertThat(innocent.isAlive()).isTrue();
        }
    }

    @Test
    void aCleanStopIsSyncedAndMarkedAndTheNextLifeKeepsTheLog() throws IOException {
        byte[] log = firstLife();
        assertThat(directory.resolve("sqld/primary.clean")).exists();
        pretendAnotherBoot();
        leaveDirty();
        try (SqldFleet fleet = Fleets.alone(directory)) {
            assertThat(Fleets.value(fleet.primary(), SITE, "SELECT count(*) FROM t"))
                    .isEqualTo(new HranaValue.Int64(0));
            assertThat(logId()).isEqualTo(log);
            assertThat(directory.resolve("sqld/primary.clean")).doesNotExist();
        }
    }

    /** A machine that failed may have lost pages of the log that the file has. */
    @Test
    void afterAPowerCutTheLogIsRebuilt() throws IOException {
        byte[] log = firstLife();
        Files.delete(directory.resolve("sqld/primary.clean"));
        pretendAnotherBoot();
        leaveDirty();
        try (SqldFleet fleet = Fleets.alone(directory)) {
            assertThat(Fleets.value(fleet.primary(), SITE, "SELECT count(*) FROM t"))
                    .isEqualTo(new HranaValue.Int64(0));
            assertThat(logId()).isNotEqualTo(log);
            assertThat(fleet.primary().count(Complaint.LOG_REBUILT)).isEqualTo(1);
        }
    }

    private byte[] firstLife() throws IOException {
        try (SqldFleet fleet = Fleets.alone(directory)) {
            fleet.primary().create(SITE, PATIENCE);
            fleet.primary().hrana().execute(SITE, sql("CREATE TABLE t (x)"), PATIENCE);
        }
        return logId();
    }

    private Path files() {
        return directory.resolve("sqld/primary/dbs/" + SITE);
    }

    private byte[] logId() throws IOException {
        return Arrays.copyOfRange(Files.readAllBytes(files().resolve("wallog")), 16, 32);
    }

    private void pretendAnotherBoot() throws IOException {
        String record = Files.readString(lock());
        Files.writeString(lock(), record.replace(ProcessIdentity.bootId(), OTHER_BOOT));
    }

    /** As sqld leaves it when it does not get to its end. */
    private void leaveDirty() throws IOException {
        Files.write(files().resolve(".sentinel"), new byte[0]);
    }

    @Test
    void aFleetThatCannotStartLeavesNothingBehind() throws IOException {
        HostAndPort taken = Fleets.freeAddress();
        try (ServerSocket _ = new ServerSocket(taken.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> SqldFleet.start(Fleets.settings(directory, taken, Map.of("south", taken))))
                    .isInstanceOfSatisfying(
                            SqldException.class,
                            e -> assertThat(e.reason()).isEqualTo(SqldException.Reason.UNAVAILABLE))
                    .hasMessageContaining("Address already in use");
        }
        assertThat(ProcessHandle.current().children().flatMap(child -> child.info().command().stream()))
                .noneMatch(command -> command.contains("sqld-"));
    }

    @Test
    void aPortThatAnotherProgramTookIsNotTakenForSqlds() throws IOException {
        try (ServerSocketChannel own = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
            own.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = own.socket().getLocalPort();
            assertThat(ListeningPort.belongsTo(ProcessHandle.current().pid(), port))
                    .isTrue();
            Process other = run("sleep", "60");
            assertThat(ListeningPort.belongsTo(other.pid(), port)).isFalse();
        }
    }

    @Test
    void moreSitesThanFilesMayBeOpenAreRefused() throws IOException {
        assertThatThrownBy(() -> SqldFleet.start(withSites(Integer.MAX_VALUE)))
                .hasMessageContaining("open files per process");
        try (SqldFleet fleet = SqldFleet.start(withSites(1))) {
            fleet.primary().create(SITE, PATIENCE);
            assertThatThrownBy(() -> fleet.primary().create(new SiteName("b.example"), PATIENCE))
                    .hasMessageContaining("suffices for 1 sites");
        }
    }

    private FleetSettings withSites(int most) throws IOException {
        return Fleets.withSites(Fleets.settings(directory, Fleets.freeAddress(), Map.of()), most);
    }
}
