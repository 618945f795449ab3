package dev.ephpm.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Debian's MariaDB on a private directory and port: the real thing to compare with. */
final class MariaDbServer implements AutoCloseable {
    private final Path directory;
    private final Process process;
    private final Database database;

    private MariaDbServer(Path directory, Process process, Database database) {
        this.directory = directory;
        this.process = process;
        this.database = database;
    }

    /** Starts a server with one empty database. */
    static MariaDbServer start(String databaseName) {
        try {
            Path directory = Files.createTempDirectory("ephpm-mariadb-");
            String user = System.getProperty("user.name");
            Command.of(
                            "mariadb-install-db",
                            "--no-defaults",
                            "--auth-root-authentication-method=normal",
                            "--user=" + user,
                            "--datadir=" + directory.resolve("data"))
                    .run()
                    .expectSuccess();
            int port = Ports.free();
            Path socket = directory.resolve("s");
            Process process = new ProcessBuilder(
                            "/usr/sbin/mariadbd",
                            "--no-defaults",
                            "--user=" + user,
                            "--datadir=" + directory.resolve("data"),
                            "--port=" + port,
                            "--bind-address=127.0.0.1",
                            "--socket=" + socket,
                            "--innodb-flush-log-at-trx-commit=0",
                            "--innodb-buffer-pool-size=32M",
                            "--character-set-server=utf8mb4",
                            "--collation-server=utf8mb4_unicode_ci")
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            Database database = new Database("127.0.0.1", port, socket.toString(), databaseName, "root", "");
            MariaDbServer server = new MariaDbServer(directory, process, database);
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start MariaDB", e);
        }
    }

    Database database() {
        return database;
    }

    private void awaitReady() {
        try {
            Eventually.within(
                    Duration.ofSeconds(30),
                    "MariaDB is ready",
                    () -> database.on("mysql").mariadb("SELECT 1").exitCode() == 0);
            database.on("mysql").query("CREATE DATABASE `" + database.name() + "`");
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        Command.of("rm", "-rf", directory.toString()).run().expectSuccess();
    }
}
