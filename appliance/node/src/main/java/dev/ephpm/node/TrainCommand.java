package dev.ephpm.node;

import dev.ephpm.config.ConfigLoader;
import dev.ephpm.config.ConfigSources;
import dev.ephpm.config.ConfigSources.Flag;
import dev.ephpm.config.LoadedConfig;
import dev.ephpm.config.LoggingConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

@Command(
        name = "train",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Serves a few requests to itself and ends: what the AOT cache of the distribution is made from.")
final class TrainCommand implements Callable<Integer> {
    private static final String HOST = "train.test";
    private static final int ROUNDS = 20;
    private static final String PAGE = """
            <?php
            $db = new mysqli(getenv('DB_HOST'), getenv('DB_USER'), getenv('DB_PASSWORD'), getenv('DB_NAME'));
            $db->query('CREATE TABLE IF NOT EXISTS notes (id INT NOT NULL AUTO_INCREMENT, text VARCHAR(100), PRIMARY KEY (id))');
            $db->query("INSERT INTO notes (text) VALUES ('trained')");
            $note = $db->query('SELECT COUNT(*) AS n, MAX(id) FROM notes WHERE text LIKE "t%" ORDER BY id LIMIT 1')->fetch_assoc();
            $statement = $db->prepare('SELECT text FROM notes WHERE id = ?');
            $statement->execute([1]);
            echo 'trained ', $note['n'], ' ', $statement->get_result()->fetch_row()[0], str_repeat(' padding', 200);
            """;

    @Override
    public Integer call() throws IOException {
        Path directory = Files.createTempDirectory("ephpm-train-");
        try {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            train(directory);
        } finally {
            delete(directory);
        }
        return 0;
    }

    private static void train(Path directory) throws IOException {
        Path site = Files.createDirectories(directory.resolve("sites").resolve(HOST));
        Files.writeString(site.resolve("index.php"), PAGE);
        Files.writeString(site.resolve("style.css"), "body { color: black; }\n".repeat(200));
        Files.writeString(site.resolve("site.toml"), "[php]\nmemory_limit = \"64M\"\n");
        LoadedConfig config = ConfigLoader.load(new ConfigSources(
                Optional.empty(),
                Map.of(),
                List.of(
                        new Flag("train", "server.listen", "127.0.0.1:0"),
                        new Flag(
                                "train",
                                "server.sites_dir",
                                directory.resolve("sites").toString()),
                        new Flag(
                                "train",
                                "server.logging.access",
                                directory.resolve("access.log").toString()),
                        new Flag(
                                "train",
                                "node.data_dir",
                                directory.resolve("data").toString()),
                        new Flag("train", "node_api.listen", "127.0.0.1:0"),
                        new Flag("train", "db.sqlite.proxy.mysql_listen", "127.0.0.1:0"))));
        LoggingConfig logging = config.appliance().server().logging();
        Logging.forNode(logging, 0);
        try (Appliance appliance = Appliance.start(config, () -> config, Optional.empty(), 0)) {
            int port = appliance.addresses().httpPort();
            for (int round = 0; round < ROUNDS; round++) {
                expect(request(port, "/style.css", "gzip"), "HTTP/1.1 200");
                expect(request(port, "/style.css", "identity"), "color: black");
                expect(request(port, "/missing.css", "zstd, br"), "HTTP/1.1 200");
                expect(request(port, "/", "identity"), "trained");
            }
            appliance.reload();
        }
    }

    private static String request(int port, String target, String encoding) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET " + target + " HTTP/1.1\r\nHost: " + HOST + "\r\nAccept-Encoding: " + encoding
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static void expect(String response, String part) {
        if (!response.contains(part)) {
            throw new OperatorException("The distribution does not work: expected \"" + part + "\" in\n" + response);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(TrainCommand::deleteOne);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
