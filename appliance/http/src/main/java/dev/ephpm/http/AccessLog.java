package dev.ephpm.http;

import dev.ephpm.config.LoggingConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes access lines on a thread of its own. When the disk is slower than the visitors, lines are dropped and counted:
 * a log never holds up a response.
 */
final class AccessLog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AccessLog.class);
    private static final int MAX_WAITING = 16_384;
    private static final long COMPLAINT_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final Path STANDARD_OUTPUT = Path.of("-");

    private final BlockingQueue<AccessLine> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private volatile Optional<Path> path;
    private volatile LoggingConfig.AccessFormat format;
    private volatile boolean reopen;
    private volatile boolean closed;
    private @Nullable Thread thread;
    private long lastComplaint = System.nanoTime() - COMPLAINT_INTERVAL_NANOS;

    AccessLog(LoggingConfig config) {
        this.path = config.access();
        this.format = config.accessFormat();
        if (path.isPresent()) {
            startWriting();
        }
    }

    boolean isEnabled() {
        return path.isPresent();
    }

    void write(AccessLine line) {
        if (!waiting.offer(line)) {
            dropped.incrementAndGet();
        }
    }

    /** Closes the file and opens it again under its name, for log rotation. */
    void reopen() {
        reopen = true;
    }

    synchronized void reload(LoggingConfig config) {
        format = config.accessFormat();
        path = config.access();
        reopen = true;
        if (path.isPresent() && thread == null) {
            startWriting();
        }
    }

    long dropped() {
        return dropped.get();
    }

    private synchronized void startWriting() {
        thread = Thread.ofPlatform().name("access-log").daemon().start(this::run);
    }

    private void run() {
        Writer writer = null;
        try {
            while (!closed || !waiting.isEmpty()) {
                AccessLine line = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (reopen) {
                    reopen = false;
                    close(writer);
                    writer = null;
                }
                writer = line == null ? writer : write(writer, line);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            close(writer);
        }
    }

    private @Nullable Writer write(@Nullable Writer writer, AccessLine line) {
        Optional<Path> target = path;
        if (target.isEmpty()) {
            return writer;
        }
        Writer open = writer;
        try {
            if (open == null) {
                open = open(target.get());
            }
            open.write(format == LoggingConfig.AccessFormat.JSON ? line.json() : line.combined());
            open.write('\n');
            if (waiting.isEmpty()) {
                open.flush();
            }
            return open;
        } catch (IOException failure) {
            dropped.incrementAndGet();
            complain(target.get(), failure);
            close(open);
            return null;
        }
    }

    private static Writer open(Path target) throws IOException {
        if (target.equals(STANDARD_OUTPUT)) {
            return new UnclosedOutput(System.out);
        }
        return Files.newBufferedWriter(
                target, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void complain(Path target, IOException failure) {
        long now = System.nanoTime();
        if (now - lastComplaint >= COMPLAINT_INTERVAL_NANOS) {
            lastComplaint = now;
            log.error(
                    "cannot write the access log {}: {}; {} lines are lost so far. Free space or correct server.logging.access",
                    target,
                    failure.toString(),
                    dropped.get());
        }
    }

    private static void close(@Nullable Writer writer) {
        if (writer == null) {
            return;
        }
        try {
            writer.close();
        } catch (IOException failure) {
            log.debug("cannot close the access log: {}", failure.toString());
        }
    }

    /** Writes what is waiting, for at most two seconds. */
    @Override
    public void close() {
        closed = true;
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running == null) {
            return;
        }
        try {
            running.join(2000);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Standard output belongs to the whole program. */
    private static final class UnclosedOutput extends Writer {
        private final PrintStream out;

        UnclosedOutput(PrintStream out) {
            this.out = out;
        }

        @Override
        public void write(char[] text, int offset, int length) {
            out.print(String.valueOf(text, offset, length));
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void close() {
            out.flush();
        }
    }
}
