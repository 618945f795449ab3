package dev.ephpm.sqldmanager;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Duration;
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
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(7);
    private static final Duration RESTART_PATIENCE = Duration.ofSeconds(2);
    private static final long ASK_AGAIN_MILLIS = 500;
    private static final Duration LONG_LIFE = Duration.ofSeconds(10);
    private static final long FIRST_PAUSE_MILLIS = 25;
    static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final int FIRST_ATTEMPTS = 3;
    private static final String PORT_TAKEN = "Address already in use";

    private final SqldLaunch launch;
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

    SupervisedProcess(SqldLaunch launch, SqldRole role, SqldDirectory directory, ReadyListener listener) {
        this.launch = launch;
        this.role = role;
        this.directory = directory;
        this.listener = listener;
        this.output = new ProcessOutput(role.name(), LOGGER, System::nanoTime);
    }

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
                "sqld " + role.name() + " cannot be started (" + SqldLaunch.describe(code) + "): "
                        + output.lastLines());
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
            Endpoints places = Endpoints.choose(random);
            running = spawn(places);
            List<Thread> readers = List.of(read(running.getInputStream()), read(running.getErrorStream()));
            if (SqldLaunch.awaitHealth(running, places.http())) {
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
        lastEnd = SqldLaunch.describe(code);
        if (code == 0) {
            directory.markClean();
        }
    }

    private Process spawn(Endpoints places) throws IOException {
        synchronized (monitor) {
            if (closing) {
                throw new IOException("stopped before it was started");
            }
            Process started = launch.start(role, directory, places);
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

    /** Asks again and again: sqld forgets a signal that comes in its first moments. */
    private void end(Process running, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            do {
                running.destroy();
            } while (!running.waitFor(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline);
            if (running.isAlive()) {
                LOGGER.warn("sqld {} did not stop within {} s; killing it", role.name(), patience.toSeconds());
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
