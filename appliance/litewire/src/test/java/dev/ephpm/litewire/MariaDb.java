package dev.ephpm.litewire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real MariaDB with its own data directory and nothing but a socket, for comparison. */
final class MariaDb implements AutoCloseable {
    private static final int START_SECONDS = 60;

    private final ClientPrograms programs;
    private final Path socket;
    private final Process process;

    MariaDb(Path directory, ClientPrograms programs) throws IOException, InterruptedException {
        this.programs = programs;
        Files.createDirectories(directory);
        this.socket = directory.resolve("s");
        String user = "--user=" + System.getProperty("user.name");
        ClientPrograms.Ended installed = programs.run(
                Map.of(),
                "",
                List.of(
                        "mariadb-install-db",
                        "--no-defaults",
                        "--datadir=" + directory.resolve("data"),
                        user,
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db"));
        if (installed.code() != 0) {
            throw new IOException("mariadb-install-db failed: " + installed.errors() + installed.output());
        }
        process = new ProcessBuilder(
                        "/usr/sbin/mariadbd",
                        "--no-defaults",
                        "--datadir=" + directory.resolve("data"),
                        user,
                        "--socket=" + socket,
                        "--skip-networking",
                        "--skip-log-bin",
                        "--innodb-buffer-pool-size=16M",
                        "--innodb-flush-log-at-trx-commit=0",
                        "--character-set-server=utf8mb4",
                        "--collation-server=utf8mb4_unicode_ci",
                        "--pid-file=" + directory.resolve("pid"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        awaitStart(directory.resolve("log"));
    }

    private void awaitStart(Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (System.nanoTime() > end || process.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new IOException("mariadbd did not start: " + Files.readString(log));
            }
        }
    }

    private boolean answers() {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs statements and gives what the shell printed. */
    String client(String sql, String... arguments) {
        return program("mariadb", sql, arguments);
    }

    String dump(String database) {
        return program("mariadb-dump", "", "--hex-blob", database);
    }

    /** A dump as text. */
    String dumpWith(String database, String... options) {
        return new String(dumpBytes(database, options), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** A dump as mariadb-dump wrote it. */
    byte[] dumpBytes(String database, String... options) {
        try {
            Path file = Files.createTempFile(socket.getParent(), "dump", ".sql");
            List<String> arguments = new ArrayList<>(List.of("--result-file=" + file));
            arguments.addAll(List.of(options));
            arguments.add(database);
            var _ = program("mariadb-dump", "", arguments.toArray(String[]::new));
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs statements and gives the warnings there were. */
    String warnings(String sql, String database) {
        return client(sql, "--show-warnings", database);
    }

    private String program(String program, String input, String... arguments) {
        ClientPrograms.Ended ended = attempt(program, input, arguments);
        if (ended.code() != 0) {
            throw new AssertionError(program + " on MariaDB: " + ended.errors());
        }
        return ended.output();
    }

    /** Runs a program that may fail. */
    ClientPrograms.Ended attempt(String program, String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                program, "--no-defaults", "--socket=" + socket, "--user=root", "--default-character-set=utf8mb4"));
        command.addAll(List.of(arguments));
        try {
            return programs.run(Map.of("LC_ALL", "C.UTF-8"), input, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
