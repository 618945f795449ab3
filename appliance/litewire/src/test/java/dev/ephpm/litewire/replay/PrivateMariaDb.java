package dev.ephpm.litewire.replay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A MariaDB server of our own: a new data directory, a free port, no syncing. */
final class PrivateMariaDb implements AutoCloseable {
    static final String USER = "replay";
    static final String PASSWORD = "replay";

    private static final Duration START = Duration.ofSeconds(90);

    private final Path directory;
    private final int port;
    private final Process process;

    PrivateMariaDb() throws IOException, InterruptedException {
        directory = Files.createTempDirectory("replay-mariadb");
        Path data = directory.resolve("data");
        if (isRoot()) {
            Files.createDirectory(data);
            run(List.of("chown", "-R", "mysql", directory.toString()));
        }
        List<String> install = new ArrayList<>(List.of(
                "mariadb-install-db",
                "--no-defaults",
                "--datadir=" + data,
                "--tmpdir=" + directory,
                "--skip-test-db",
                "--auth-root-authentication-method=normal"));
        asMysql(install);
        run(install);
        Path setup = Files.writeString(
                directory.resolve("setup.sql"),
                "CREATE USER '" + USER + "'@'localhost' IDENTIFIED BY '" + PASSWORD + "';\n");
        port = freePort();
        List<String> server = new ArrayList<>(List.of(
                "mariadbd",
                "--no-defaults",
                "--datadir=" + data,
                // A server that starts removes the temporary tables of others from a directory they share.
                "--tmpdir=" + directory,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + directory.resolve("s.sock"),
                "--init-file=" + setup,
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_unicode_ci",
                "--innodb-flush-log-at-trx-commit=0"));
        asMysql(server);
        process = new ProcessBuilder(server)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        awaitLogin();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void asMysql(List<String> command) {
        if (isRoot()) {
            command.add("--user=mysql");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
        }
    }

    private void awaitLogin() throws InterruptedException, IOException {
        long end = System.nanoTime() + START.toNanos();
        List<String> ping = List.of(
                "mariadb-admin",
                "--no-defaults",
                "--host=127.0.0.1",
                "--port=" + port,
                "--user=" + USER,
                "--password=" + PASSWORD,
                "ping");
        while (process.isAlive() && System.nanoTime() < end) {
            if (new ProcessBuilder(ping)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0) {
                return;
            }
            // Not listening yet; the process ending is the only other event there is.
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        throw new IllegalStateException("MariaDB does not answer: " + Files.readString(directory.resolve("log")));
    }

    /** An empty database. The user may use it and no other from now on, as a site's user its own. */
    void create(String database) throws IOException, InterruptedException {
        run(List.of(
                "mariadb",
                "--no-defaults",
                "--socket=" + directory.resolve("s.sock"),
                "--user=root",
                "--execute=CREATE OR REPLACE DATABASE `" + database
                        + "` COLLATE utf8mb4_unicode_ci; REVOKE ALL, GRANT OPTION FROM '"
                        + USER + "'@'localhost'; GRANT ALL ON `"
                        + database + "`.* TO '" + USER + "'@'localhost'"));
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
