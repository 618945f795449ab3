package dev.ephpm.sqldmanager;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every sqld of a fleet is started with. Blocking.
 *
 * @param launcher becomes the program after taking the directory's lock and tying its life to the calling thread
 * @param openFiles the limit each is given
 */
record SqldLaunch(Path launcher, Path program, Path extensions, long openFiles) {
    private static final Logger LOGGER = LoggerFactory.getLogger(SqldLaunch.class);
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final Duration HEALTH_PATIENCE = Duration.ofSeconds(2);
    private static final int HEALTH_PAUSE_MILLIS = 5;
    private static final int HEALTH_LIMIT = 1 << 16;
    private static final int OK = 200;
    private static final int LAUNCHER_FAILED = 71;
    private static final int LOCKED = 75;
    private static final int SIGNAL = 128;

    Process start(SqldRole role, SqldDirectory directory, Endpoints places) throws IOException {
        PrivateFiles.createDirectory(directory.path());
        List<String> command = new ArrayList<>(List.of(
                launcher.toString(),
                directory.lock().toString(),
                Long.toString(ProcessHandle.current().pid()),
                LockRecord.ownerText(),
                Long.toString(openFiles),
                program.toString()));
        command.addAll(SqldCommand.options(role, directory.path(), extensions, places));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(SqldCommand.environment(places.secret(), directory.trustsLog()));
        builder.directory(directory.path().toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return builder.start();
    }

    /** Asks until sqld answers; false when it ends, or says nothing for too long and is ended. */
    static boolean awaitHealth(Process running, Endpoint http) throws InterruptedException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (isHealthy(http) && ListeningPort.belongsTo(running.pid(), http.port())) {
                return true;
            }
            if (running.waitFor(HEALTH_PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        LOGGER.error("an sqld did not answer within {} s; ending it", START_PATIENCE.toSeconds());
        running.destroyForcibly();
        return false;
    }

    /** Without the secret: it may be somebody else who listens. */
    private static boolean isHealthy(Endpoint http) {
        Endpoint anonymous = new Endpoint(http.port(), "Basic -");
        byte[] head = HttpRequestHead.of("GET", "/health", anonymous, "", 0);
        try (LoopbackConnection connection = LoopbackConnection.open(anonymous, HEALTH_LIMIT)) {
            return connection.exchange(head, new byte[0], HEALTH_PATIENCE).status() == OK;
        } catch (IOException e) {
            return false;
        }
    }

    static String describe(int code) {
        return switch (code) {
            case -1 -> "it could not be run";
            case LAUNCHER_FAILED -> "the launcher could not run it";
            case LOCKED -> "its directory is locked by another process";
            default -> code > SIGNAL ? "signal " + (code - SIGNAL) : "exit code " + code;
        };
    }
}
