package dev.ephpm.sqldmanager;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one sqld running, from a thread of its own. That thread lives as long as the sqld it started: the kernel ends the sqld
 * with it.
 */
final class SupervisedProcess {
    private static final Logger LOGGER = LoggerFactory.getLogger(SupervisedProcess.class);
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(12);
    private static final Duration RESTART_PATIENCE = Duration.ofSeconds(2);
    private static final Duration LONG_LIFE = Duration.ofSeconds(10);
    private static final long FIRST_PAUSE_MILLIS = 25;
    static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final int FIRST_ATTEMPTS = 3;
    private static final int HEALTH_PAUSE_MILLIS = 5;
    private static final int SECRET_BYTES = 24;
    private static final String PORT_TAKEN = "Address already in use";

    private final Launch launch;
    private final SqldRole role;
    private final SqldDirectory directory;
    private final ReadyListener listener;
    private final ProcessOutput output;
    private final SecureRandom random = new SecureRandom();
    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final Object monitor = new Object();
    private boolean closing;
    private boolean restarting;
    private @Nullable Process process;
    private volatile @Nullable Endpoints endpoints;
    private volatile SqldState state = SqldState.STARTING;
    private volatile int starts;
    private volatile String lastEnd = "";

    SupervisedProcess(Launch launch, SqldRole role, SqldDirectory directory, ReadyListener listener) {
        this.launch = launch;
        this.role = role;
        this.directory = directory;
        this.listener = listener;
        this.output = new ProcessOutput(role.name(), LOGGER, System::nanoTime);
    }

    /**
     * What every process of a fleet is started with.
     *
     * @param openFiles the limit each is given
     */
    record Launch(Path launcher, Path program, Path extensions, long openFiles) {}

    /** Where a ready sqld is. */
    record Endpoints(Endpoint http, Endpoint admin) {}

    /** Told from the supervisor's thread; must not block for long. */
    interface ReadyListener {
        void ready();

        void gone(String why);
    }

    /** Starts the process and waits until it is ready; throws if it cannot even be started once. */
    void start() {
        directory.endEarlierLife();
        Thread.ofPlatform().name("sqld-" + role.name()).daemon().start(this::keepAlive);
        try {
            firstReady.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SqldException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
            throw new SqldException(SqldException.Reason.UNAVAILABLE, "interrupted while starting sqld", e);
        }
    }

    Endpoints endpoints() {
        Endpoints current = endpoints;
        if (current == null) {
            throw new SqldException(
                    SqldException.Reason.UNREACHABLE, "sqld " + role.name() + " is not running now: " + state);
        }
        return current;
    }

    SqldStatus status() {
        synchronized (monitor) {
            OptionalLong pid =
                    process != null && process.isAlive() ? OptionalLong.of(process.pid()) : OptionalLong.empty();
            return new SqldStatus(role.name(), state, pid, starts, lastEnd);
        }
    }

    ProcessOutput output() {
        return output;
    }

    private void keepAlive() {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            for (int attempt = 1; !isClosing(); attempt++) {
                long started = System.nanoTime();
                state = SqldState.STARTING;
                int code = runOnce();
                if (isClosing()) {
                    return;
                }
                if (!firstReady.isDone() && !mayTryAgain(attempt)) {
                    firstReady.completeExceptionally(cannotStart(code));
                    return;
                }
                boolean livedLong = System.nanoTime() - started > LONG_LIFE.toNanos();
                pause = livedLong || wasAsked() ? FIRST_PAUSE_MILLIS : Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
                state = SqldState.WAITING;
                LOGGER.warn("sqld {} ended ({}); starting it again in {} ms", role.name(), lastEnd, pause);
                synchronized (monitor) {
                    if (!closing) {
                        monitor.wait(pause);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            state = SqldState.STOPPED;
            firstReady.completeExceptionally(
                    new SqldException(SqldException.Reason.UNAVAILABLE, "sqld " + role.name() + " was stopped"));
            over.complete(null);
        }
    }

    /** Another program may have taken a port between our look and sqld's. */
    private boolean mayTryAgain(int attempt) {
        return attempt < FIRST_ATTEMPTS && output.lastLines().contains(PORT_TAKEN);
    }

    private SqldException cannotStart(int code) {
        return new SqldException(
                SqldException.Reason.UNAVAILABLE,
                "sqld " + role.name() + " cannot be started (" + describe(code) + "): " + output.lastLines());
    }

    private boolean isClosing() {
        synchronized (monitor) {
            return closing;
        }
    }

    private boolean wasAsked() {
        synchronized (monitor) {
            boolean asked = restarting;
            restarting = false;
            return asked;
        }
    }

    /** One life of sqld; gives its exit code. */
    private int runOnce() throws InterruptedException {
        output.forget();
        Process running = null;
        try {
            Endpoints places = choosePlaces();
            running = spawn(places);
            List<Thread> readers = List.of(read(running.getInputStream()), read(running.getErrorStream()));
            if (awaitHealth(running, places)) {
                announce(places);
            }
            int code = running.waitFor();
            for (Thread reader : readers) {
                reader.join(RESTART_PATIENCE);
            }
            ended(code);
            return code;
        } catch (IOException e) {
            lastEnd = String.valueOf(e.getMessage());
            return -1;
        } finally {
            endpoints = null;
            if (running != null) {
                running.destroyForcibly();
                listener.gone(lastEnd);
            }
        }
    }

    private void announce(Endpoints places) {
        synchronized (monitor) {
            endpoints = places;
            state = SqldState.READY;
            starts++;
        }
        LOGGER.info("sqld {} is ready (process {})", role.name(), status().pid().orElse(-1));
        listener.ready();
        firstReady.complete(null);
    }

    private void ended(int code) {
        lastEnd = describe(code);
        if (code == 0) {
            directory.markClean();
        }
    }

    private static String describe(int code) {
        return switch (code) {
            case -1 -> "it could not be run";
            case 71 -> "the launcher could not run it";
            case 75 -> "its directory is locked by another process";
            default -> code > 128 ? "signal " + (code - 128) : "exit code " + code;
        };
    }

    private Endpoints choosePlaces() throws IOException {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String authorization = "Basic " + Base64.getEncoder().withoutPadding().encodeToString(bytes);
        /* Both open at once, so that they differ. */
        try (ServerSocket http = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket admin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Endpoints(
                    new Endpoint(http.getLocalPort(), authorization),
                    new Endpoint(admin.getLocalPort(), authorization));
        }
    }

    private Process spawn(Endpoints places) throws IOException {
        PrivateFiles.createDirectory(directory.path());
        List<String> command = new ArrayList<>(List.of(
                launch.launcher().toString(),
                directory.lock().toString(),
                Long.toString(ProcessHandle.current().pid()),
                LockRecord.ownerText(),
                Long.toString(launch.openFiles()),
                launch.program().toString()));
        SqldCommand.Ports ports =
                new SqldCommand.Ports(places.http().port(), places.admin().port());
        boolean trustsLog = directory.trustsLog();
        command.addAll(SqldCommand.options(role, directory.path(), launch.extensions(), ports));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment()
                .putAll(SqldCommand.environment(places.http().authorization().substring("Basic ".length()), trustsLog));
        builder.directory(directory.path().toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        synchronized (monitor) {
            if (closing) {
                throw new IOException("stopped before it was started");
            }
            Process started = builder.start();
            process = started;
            return started;
        }
    }

    private Thread read(InputStream stream) {
        return Thread.ofPlatform().name("sqld-" + role.name() + "-log").daemon().start(() -> {
            try {
                output.drain(stream);
            } catch (IOException e) {
                LOGGER.debug("the output of sqld {} ended", role.name(), e);
            }
        });
    }

    /** Asks until sqld answers; false when it ends, or says nothing for too long and is ended. */
    private boolean awaitHealth(Process running, Endpoints places) throws InterruptedException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (isHealthy(places.http())) {
                return true;
            }
            if (running.waitFor(HEALTH_PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        LOGGER.error("sqld {} did not answer within {} s", role.name(), START_PATIENCE.toSeconds());
        running.destroyForcibly();
        return false;
    }

    private static boolean isHealthy(Endpoint http) {
        byte[] head = HttpRequestHead.of("GET", "/health", http, "", 0);
        try (LoopbackConnection connection = LoopbackConnection.open(http, SqldCommand.ANSWER_LIMIT)) {
            return connection.exchange(head, new byte[0], RESTART_PATIENCE).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends the process; the supervisor starts a new one at once. For a replica whose stream is dead. */
    void restart(String why) {
        Process running;
        synchronized (monitor) {
            running = process;
            if (closing || running == null) {
                return;
            }
            restarting = true;
        }
        LOGGER.warn("restarting sqld {}: {}", role.name(), why);
        end(running, RESTART_PATIENCE);
    }

    /** Ends the process for good: SIGTERM, patience, SIGKILL. Blocking. */
    void stop() {
        Process running;
        synchronized (monitor) {
            closing = true;
            running = process;
            monitor.notifyAll();
        }
        if (running != null) {
            end(running, STOP_PATIENCE);
        }
        try {
            over.get(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.warn("the supervisor of sqld {} does not end", role.name(), e);
        }
    }

    private void end(Process running, Duration patience) {
        running.destroy();
        try {
            if (!running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOGGER.warn("sqld {} did not stop within {} s; killing it", role.name(), patience.toSeconds());
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
