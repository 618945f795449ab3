package dev.ephpm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server running in the foreground as a child of the benchmark, with everything it forks. */
final class Service implements AutoCloseable {
    private static final int STOP_SECONDS = 20;
    private static final int LOG_LINES = 20;

    private final String name;
    private final Process process;
    private final Path log;

    private Service(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static Service start(String name, Path log, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process.getOutputStream().close();
            return new Service(name, process, log);
        } catch (IOException failure) {
            throw new BenchException("cannot start " + name + ": " + failure.getMessage(), failure);
        }
    }

    /** The server itself. */
    long processId() {
        return process.pid();
    }

    /** The server and all its descendants that are alive now. */
    Stream<Long> processIds() {
        return Stream.concat(Stream.of(process.pid()), process.descendants().map(ProcessHandle::pid));
    }

    void requireAlive() {
        if (!process.isAlive()) {
            throw new BenchException(name + " ended with status " + process.exitValue() + ":\n" + lastLines());
        }
    }

    String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(its log " + log + " cannot be read: " + unreadable.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }
}
