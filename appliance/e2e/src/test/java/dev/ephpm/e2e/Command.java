package dev.ephpm.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end, within a time limit, and keeps what it printed. */
final class Command {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final List<String> arguments;
    private final Map<String, String> environment = new HashMap<>();
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    private byte[] input = {};
    private Duration limit = LIMIT;

    private Command(List<String> arguments) {
        this.arguments = List.copyOf(arguments);
    }

    static Command of(List<String> arguments) {
        return new Command(arguments);
    }

    static Command of(String... arguments) {
        return new Command(List.of(arguments));
    }

    Command in(Path newDirectory) {
        directory = newDirectory;
        return this;
    }

    Command with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Command input(String text) {
        return input(text.getBytes(StandardCharsets.UTF_8));
    }

    Command input(byte[] bytes) {
        input = bytes;
        return this;
    }

    Command within(Duration newLimit) {
        limit = newLimit;
        return this;
    }

    /** What a finished program left behind. */
    static final class Result {
        private final int exitCode;
        private final byte[] outputBytes;
        private final String errors;

        private Result(int exitCode, byte[] outputBytes, String errors) {
            this.exitCode = exitCode;
            this.outputBytes = outputBytes;
            this.errors = errors;
        }

        int exitCode() {
            return exitCode;
        }

        byte[] outputBytes() {
            return outputBytes;
        }

        String errors() {
            return errors;
        }

        String output() {
            return new String(outputBytes, StandardCharsets.UTF_8);
        }

        Result expectSuccess() {
            if (exitCode != 0) {
                throw new AssertionError("expected exit code 0, got " + exitCode + "\n" + output() + errors);
            }
            return this;
        }
    }

    Result run() {
        ProcessBuilder builder = new ProcessBuilder(arguments).directory(directory.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            CompletableFuture<byte[]> output = readAll(process.getInputStream());
            CompletableFuture<byte[]> errors = readAll(process.getErrorStream());
            feed(process);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(arguments + " did not end within " + limit);
            }
            return new Result(process.exitValue(), output.join(), new String(errors.join(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + arguments, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + arguments, e);
        }
    }

    private void feed(Process process) throws IOException {
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input);
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
            // A program that ended before reading its input tells why by its exit code.
        }
    }

    private static CompletableFuture<byte[]> readAll(InputStream stream) {
        CompletableFuture<byte[]> bytes = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("command-output").start(() -> {
            try {
                bytes.complete(stream.readAllBytes());
            } catch (IOException e) {
                bytes.completeExceptionally(e);
            }
        });
        return bytes;
    }
}
