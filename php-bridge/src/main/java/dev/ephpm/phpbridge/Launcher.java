package dev.ephpm.phpbridge;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the launcher process alive from a thread of its own, and passes orders to it. */
final class Launcher implements WorkerControl {
    private static final Logger LOGGER = LoggerFactory.getLogger(Launcher.class);
    private static final Duration LONG_LIFE = Duration.ofSeconds(10);
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 800;
    private static final int PROBLEM_CHARACTERS = 4000;
    private static final Duration ERRORS_PATIENCE = Duration.ofSeconds(1);

    private final Path program;
    private final Optional<Path> library;
    private final WorkerSettings settings;
    private final Consumer<byte[]> tokens;
    private final Consumer<PhpException> firstFailure;
    private final SecureRandom random = new SecureRandom();
    private final AtomicReference<@Nullable Process> process = new AtomicReference<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final StringBuilder problems = new StringBuilder();
    private volatile boolean closing;
    private volatile boolean everReady;
    private volatile int exitCode;

    /**
     * @param tokens told the secret of each start before it
     * @param firstFailure told when PHP cannot even be started once
     */
    Launcher(
            Path nativeDirectory,
            Optional<Path> library,
            WorkerSettings settings,
            Consumer<byte[]> tokens,
            Consumer<PhpException> firstFailure) {
        this.program = nativeDirectory.resolve("ephpm-php");
        this.library = library;
        this.settings = settings;
        this.tokens = tokens;
        this.firstFailure = firstFailure;
    }

    void start() {
        Thread.ofPlatform().name("php-launcher").daemon().start(this::keepAlive);
    }

    private void keepAlive() {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (!closing) {
                long started = System.nanoTime();
                runOnce();
                if (closing) {
                    return;
                }
                if (!everReady) {
                    firstFailure.accept(cannotStart());
                    return;
                }
                boolean livedLong = System.nanoTime() - started > LONG_LIFE.toNanos();
                pause = livedLong ? FIRST_PAUSE_MILLIS : Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
                LOGGER.error("the PHP launcher ended; starting it again in {} ms", pause);
                TimeUnit.MILLISECONDS.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    /** What stands in the way of PHP's first start, as far as the launcher has said. */
    PhpException cannotStart() {
        String reason;
        synchronized (problems) {
            reason = problems.toString().strip();
        }
        return new PhpException(
                PhpException.Reason.UNAVAILABLE,
                "cannot start PHP: " + (reason.isEmpty() ? program + " ended with code " + exitCode : reason));
    }

    private void runOnce() throws InterruptedException {
        byte[] token = new byte[Frames.TOKEN];
        random.nextBytes(token);
        tokens.accept(token);
        try {
            Process running = spawn();
            Thread errors =
                    Thread.ofPlatform().name("php-launcher-errors").daemon().start(() -> drainErrors(running));
            configure(running, token);
            process.set(running);
            readEvents(running);
            exitCode = running.waitFor();
            errors.join(ERRORS_PATIENCE);
        } catch (IOException | UncheckedIOException e) {
            problem(e.getMessage());
        } finally {
            process.set(null);
        }
    }

    private Process spawn() throws IOException {
        if (!Files.isExecutable(program)) {
            throw new IOException(program + " is missing: build the distribution again (make build)");
        }
        ProcessBuilder builder = new ProcessBuilder(
                program.toString(), "workers", library.map(Path::toString).orElse(""));
        builder.environment().clear();
        builder.directory(Path.of("/").toFile());
        return builder.start();
    }

    private void configure(Process running, byte[] token) {
        byte[] block = settings.encode(token);
        ByteBuffer framed = ByteBuffer.allocate(4 + block.length).order(ByteOrder.LITTLE_ENDIAN);
        framed.putInt(block.length).put(block);
        try {
            OutputStream input = running.getOutputStream();
            input.write(framed.array());
            input.flush();
        } catch (IOException e) {
            /* It ended before it read this; what it has to say about that is in its error output. */
            LOGGER.debug("the launcher did not take its settings", e);
        }
    }

    private void readEvents(Process running) throws IOException {
        try (BufferedReader events = running.inputReader(StandardCharsets.UTF_8)) {
            for (String line = events.readLine(); line != null; line = events.readLine()) {
                event(line);
            }
        }
    }

    private void event(String line) {
        String[] words = line.split(" ");
        if ("ready".equals(words[0])) {
            everReady = true;
        } else if ("ended".equals(words[0]) && words.length == 4 && !closing) {
            int how = Integer.parseInt(words[3]);
            if (how > 0) {
                LOGGER.warn("PHP worker {} (process {}) was ended by signal {}", words[1], words[2], how);
            } else if (how < 0) {
                LOGGER.warn("PHP worker {} (process {}) exited with code {}", words[1], words[2], -how);
            }
        }
    }

    private void drainErrors(Process running) {
        try (BufferedReader errors = running.errorReader(StandardCharsets.UTF_8)) {
            for (String line = errors.readLine(); line != null; line = errors.readLine()) {
                LOGGER.warn("PHP launcher: {}", line);
                problem(line);
            }
        } catch (IOException e) {
            LOGGER.debug("the launcher's error output ended", e);
        }
    }

    private void problem(@Nullable String line) {
        synchronized (problems) {
            if (problems.length() < PROBLEM_CHARACTERS) {
                problems.append(line).append('\n');
            }
        }
    }

    @Override
    public void interrupt(int slot, int pid) {
        order("interrupt " + slot + " " + pid);
    }

    @Override
    public void kill(int slot, int pid) {
        order("kill " + slot + " " + pid);
    }

    /** A pipe holds thousands of these lines, so writing one does not block unless the launcher is dead. */
    private void order(String line) {
        Process running = process.get();
        if (running == null) {
            return;
        }
        try {
            OutputStream input = running.getOutputStream();
            synchronized (input) {
                input.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
                input.flush();
            }
        } catch (IOException e) {
            LOGGER.debug("the launcher is gone before it was told '{}'", line, e);
        }
    }

    /** Ends the launcher and its workers; blocks until they are gone, at most for the given time. */
    void close(Duration patience) {
        closing = true;
        Process running = process.get();
        if (running != null) {
            try {
                running.getOutputStream().close();
            } catch (IOException e) {
                LOGGER.debug("the launcher's input was closed already", e);
            }
        }
        try {
            if (!stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS) && running != null) {
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
