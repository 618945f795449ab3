package dev.ephpm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.config.ConfigLoader;
import dev.ephpm.config.ConfigSources;
import dev.ephpm.config.ConfigSources.Flag;
import dev.ephpm.config.LoadedConfig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node in this process: real PHP, real databases. */
class ApplianceIT {
    private static final Path METRICS_DOCUMENT = Repository.root().resolve("docs/metrics.md");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(\\{(.*)})? \\S+");

    @TempDir
    private Path directory;

    private Path site;
    private String maxBodySize = "10MB";

    @BeforeEach
    void makeSite() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        site = Files.createDirectories(directory.resolve("sites/a.test"));
        Files.writeString(site.resolve("page.html"), "a page");
        Files.writeString(site.resolve("index.php"), """
                <?php
                $db = new mysqli(getenv('DB_HOST'), getenv('DB_USER'), getenv('DB_PASSWORD'), getenv('DB_NAME'));
                echo $db->query('SELECT 6 * 7')->fetch_row()[0], ' ', getenv('DB_NAME'), ' ', strlen(file_get_contents('php://input'));
                """);
        System.setProperty(NativeDirectory.PROPERTY, natives().toString());
    }

    @AfterEach
    void forgetNatives() {
        System.clearProperty(NativeDirectory.PROPERTY);
    }

    /** The parts as the modules built them, side by side as in the distribution. */
    private Path natives() throws IOException {
        Path natives = Files.createDirectory(directory.resolve("native"));
        for (String module : List.of("php-bridge", "appliance/litewire")) {
            try (Stream<Path> built =
                    Files.list(Repository.root().resolve(module).resolve("target/native"))) {
                for (Path file : built.filter(Files::isExecutable).toList()) {
                    Files.copy(file, natives.resolve(file.getFileName()));
                }
            }
        }
        return natives;
    }

    @Test
    void aSiteIsServedWithItsDatabase() throws IOException {
        try (Appliance appliance = start()) {
            assertThat(request(appliance, "GET / HTTP/1.1", ""))
                    .contains("HTTP/1.1 200")
                    .endsWith("42 a_test 0");
            assertThat(request(appliance, "GET /page.html HTTP/1.1", "")).endsWith("a page");
            assertThat(site.resolve("ephpm.db")).exists();
            assertThat(request(appliance, "GET /ephpm.db HTTP/1.1", "")).doesNotContain("SQLite format");
        }
    }

    @Test
    void theDocumentListsEveryMetric() throws IOException {
        try (Appliance appliance = start()) {
            request(appliance, "GET / HTTP/1.1", "");
            String expected = document(nodeApi(appliance, "GET /metrics"));
            if (Boolean.getBoolean("ephpm.write-documents")) {
                Files.writeString(METRICS_DOCUMENT, expected);
            }
            assertThat(METRICS_DOCUMENT)
                    .as("run this test with -Dephpm.write-documents=true to write it anew")
                    .content()
                    .isEqualTo(expected);
        }
    }

    @Test
    void aReloadAppliesWhatItCanAndNamesTheRest() throws IOException {
        try (Appliance appliance = start()) {
            assertThat(request(appliance, "POST / HTTP/1.1", "twenty bytes of body"))
                    .endsWith("20");

            maxBodySize = "10B";
            JsonObject report = new JsonObject(body(nodeApi(appliance, "POST /api/reload")));

            assertThat(report.getJsonArray("applied")).containsExactly("server.request.max_body_size");
            assertThat(report.getJsonArray("needs_restart")).isEmpty();
            assertThat(request(appliance, "POST / HTTP/1.1", "twenty bytes of body"))
                    .contains("HTTP/1.1 413");
        }
    }

    @Test
    void aPortInUseIsOneSentenceAndLeavesNothingRunning() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LoadedConfig config = config(taken.getLocalPort());

            assertThatThrownBy(() -> Appliance.start(config, () -> config, Optional.empty(), 0))
                    .isInstanceOf(OperatorException.class)
                    .hasMessage(
                            "Cannot listen on 127.0.0.1:" + taken.getLocalPort()
                                    + ": another program uses this port; stop it, or choose another address with server.listen");
        }
        try (Appliance appliance = start()) {
            assertThat(appliance.addresses().httpPort()).isPositive();
        }
    }

    private Appliance start() {
        LoadedConfig config = config(0);
        return Appliance.start(config, () -> config(0), Optional.empty(), 0);
    }

    private LoadedConfig config(int port) {
        return ConfigLoader.load(new ConfigSources(
                Optional.empty(),
                Map.of(),
                List.of(
                        new Flag("test", "server.listen", "127.0.0.1:" + port),
                        new Flag(
                                "test",
                                "server.sites_dir",
                                directory.resolve("sites").toString()),
                        new Flag("test", "server.request.max_body_size", maxBodySize),
                        new Flag(
                                "test",
                                "node.data_dir",
                                directory.resolve("data").toString()),
                        new Flag("test", "node_api.listen", "127.0.0.1:0"),
                        new Flag("test", "db.sqlite.proxy.mysql_listen", "127.0.0.1:0"))));
    }

    private static String request(Appliance appliance, String line, String body) throws IOException {
        return exchange(appliance.addresses().httpPort(), line + "\r\nHost: a.test\r\n", body);
    }

    private String nodeApi(Appliance appliance, String line) throws IOException {
        String token =
                Files.readString(directory.resolve("data/node-api.token")).strip();
        return exchange(
                appliance.addresses().nodeApiPort(),
                line + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n",
                "");
    }

    private static String exchange(int port, String head, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = head + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    private static String document(String response) {
        Map<String, String> types = new TreeMap<>();
        Map<String, String> descriptions = new TreeMap<>();
        Map<String, Set<String>> labels = new TreeMap<>();
        for (String line : body(response).lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# TYPE ")) {
                types.put(words[2], words[3]);
            } else if (line.startsWith("# HELP ")) {
                descriptions.put(words[2], words.length > 3 ? words[3].strip() : "");
            }
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>()).addAll(labelNames(sample.group(3)));
            }
        }
        StringBuilder page = new StringBuilder("""
                # Metrics

                <!-- Written by ApplianceIT from a running node: run it with -Dephpm.write-documents=true. -->

                `/metrics` on the Node API gives these as OpenMetrics text. Label values come from bounded sets: sites that exist,
                known methods, statuses and errors; nothing a client chooses makes a new series.

                | metric | type | labels | |
                |---|---|---|---|
                """);
        types.forEach((name, type) -> page.append("| `%s` | %s | %s | %s |\n"
                .formatted(sampleName(name, type), type, labelsOf(name, labels), descriptions.getOrDefault(name, ""))));
        return page.toString();
    }

    private static String sampleName(String name, String type) {
        return type.equals("counter") ? name + "_total" : name;
    }

    private static String labelsOf(String name, Map<String, ? extends Set<String>> labels) {
        TreeSet<String> found = new TreeSet<>();
        for (String suffix : List.of("", "_total", "_count")) {
            Set<String> names = labels.get(name + suffix);
            if (names != null) {
                found.addAll(names);
            }
        }
        return String.join(", ", found);
    }

    private static List<String> labelNames(String text) {
        List<String> names = new ArrayList<>();
        Matcher matcher = Pattern.compile("([a-z_]+)=\"").matcher(text == null ? "" : text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
