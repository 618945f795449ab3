package dev.ephpm.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each section twice: its defaults, and every key with another value. */
class SectionsTest {
    private static final Path HERE = Path.of("").toAbsolutePath();

    @TempDir
    private Path directory;

    private ApplianceConfig defaults;
    private LoadedConfig loaded;
    private ApplianceConfig other;

    @BeforeEach
    void load() throws IOException {
        Files.createDirectories(directory.resolve("www"));
        Files.createDirectories(directory.resolve("sites"));
        Files.writeString(directory.resolve("libphp.so"), "");
        defaults = load(Optional.empty()).appliance();
        loaded = load(Optional.of(
                Files.writeString(directory.resolve("ephpm.toml"), OTHER.replace("DIR", directory.toString()))));
        other = loaded.appliance();
    }

    @Test
    void theOtherFileChangesEveryKeyThereIs() {
        assertThat(loaded.changedSince(load(Optional.empty())))
                .containsExactlyElementsOf(OptionTable.appliance().keys());
    }

    @Nested
    class Server {
        @Test
        void defaultValues() {
            ServerConfig server = defaults.server();
            assertThat(server.listen()).isEqualTo(new HostAndPort("0.0.0.0", 8080));
            assertThat(server.documentRoot()).contains(HERE);
            assertThat(server.sitesDir()).isEmpty();
            assertThat(server.indexFiles()).containsExactly("index.php", "index.html");
            assertThat(server.fallback()).containsExactly("$uri", "$uri/", "/index.php?$query_string");
            assertThat(server.gracefulShutdownTimeout()).isEqualTo(Duration.ofSeconds(30));
            assertThat(server.maxConnections()).isEqualTo(10_000);
            assertThat(server.proxyProtocol()).isFalse();
        }

        @Test
        void otherValues() {
            ServerConfig server = other.server();
            assertThat(server.listen()).isEqualTo(new HostAndPort("::1", 81));
            assertThat(server.documentRoot()).contains(directory.resolve("www"));
            assertThat(server.sitesDir()).contains(directory.resolve("sites"));
            assertThat(server.indexFiles()).containsExactly("home.php");
            assertThat(server.fallback()).containsExactly("$uri", "=404");
            assertThat(server.gracefulShutdownTimeout()).isEqualTo(Duration.ofSeconds(3));
            assertThat(server.maxConnections()).isEqualTo(17);
            assertThat(server.proxyProtocol()).isTrue();
        }

        @Test
        void withSitesThereIsNoFallbackSiteUnlessNamed() throws IOException {
            Path file = Files.writeString(
                    directory.resolve("sites.toml"), "server.sites_dir = \"" + directory.resolve("sites") + "\"\n");

            assertThat(SectionsTest.load(Optional.of(file)).appliance().server().documentRoot())
                    .isEmpty();
        }
    }

    @Nested
    class Request {
        @Test
        void defaultValues() {
            assertThat(defaults.server().request())
                    .isEqualTo(new RequestConfig(
                            DataSize.ofMebibytes(10), new DataSize(8192), new DataSize(8192), List.of()));
        }

        @Test
        void otherValues() {
            assertThat(other.server().request())
                    .isEqualTo(new RequestConfig(
                            new DataSize(1024), new DataSize(4096), new DataSize(2048), List.of("a.test", "*.b.test")));
        }
    }

    @Nested
    class Timeouts {
        @Test
        void defaultValues() {
            assertThat(defaults.server().timeouts())
                    .isEqualTo(new TimeoutsConfig(
                            Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(300)));
        }

        @Test
        void otherValues() {
            assertThat(other.server().timeouts())
                    .isEqualTo(new TimeoutsConfig(
                            Duration.ofSeconds(1),
                            Duration.ofMillis(500),
                            Duration.ofMinutes(5).plusMinutes(1)));
        }
    }

    @Nested
    class Response {
        @Test
        void defaultValues() {
            assertThat(defaults.server().response())
                    .isEqualTo(new ResponseConfig(true, 1, new DataSize(1024), List.of(), "ephpm"));
        }

        @Test
        void otherValues() {
            assertThat(other.server().response())
                    .isEqualTo(new ResponseConfig(
                            false,
                            9,
                            new DataSize(2048),
                            List.of(new ResponseConfig.Header("X-One", "1"), new ResponseConfig.Header("X-One", "2")),
                            ""));
        }
    }

    @Nested
    class StaticFiles {
        @Test
        void defaultValues() {
            assertThat(defaults.server().staticFiles())
                    .isEqualTo(new StaticConfig("", Map.of(), StaticConfig.HiddenFiles.DENY, true));
        }

        @Test
        void otherValues() {
            assertThat(other.server().staticFiles())
                    .isEqualTo(new StaticConfig(
                            "public",
                            Map.of("css", Duration.ofDays(7), "jpg", Duration.ofSeconds(60)),
                            StaticConfig.HiddenFiles.IGNORE,
                            false));
        }
    }

    @Nested
    class Security {
        @Test
        void defaultValues() {
            assertThat(defaults.server().security())
                    .isEqualTo(new SecurityConfig(List.of(), List.of(), List.of(), 0, 0));
        }

        @Test
        void otherValues() {
            assertThat(other.server().security())
                    .isEqualTo(new SecurityConfig(
                            List.of("10.0.0.0/8", "::1"), List.of("/vendor/*"), List.of("/index.php"), 5, 7));
        }

        @Test
        void theBurstIsTheRateUnlessNamed() throws IOException {
            Path file = Files.writeString(directory.resolve("rate.toml"), "server.security.rate_limit = 5\n");

            assertThat(SectionsTest.load(Optional.of(file))
                            .appliance()
                            .server()
                            .security()
                            .rateBurst())
                    .isEqualTo(5);
        }
    }

    @Nested
    class LogSection {
        @Test
        void defaultValues() {
            assertThat(defaults.server().logging())
                    .isEqualTo(
                            new LoggingConfig("info", "text", Optional.empty(), LoggingConfig.AccessFormat.COMBINED));
        }

        @Test
        void otherValues() {
            assertThat(other.server().logging())
                    .isEqualTo(new LoggingConfig(
                            "debug", "json", Optional.of(Path.of("-")), LoggingConfig.AccessFormat.JSON));
        }
    }

    @Nested
    class Php {
        @Test
        void defaultValues() {
            assertThat(defaults.php())
                    .isEqualTo(new PhpConfig(
                            PhpConfig.Mode.WORKERS,
                            0,
                            10_000,
                            DataSize.ofMebibytes(256),
                            Duration.ofSeconds(30),
                            DataSize.ofMebibytes(128),
                            256,
                            64,
                            Duration.ofSeconds(10),
                            "www-data",
                            Optional.empty(),
                            List.of(),
                            Map.of(),
                            List.of(),
                            Optional.empty()));
        }

        @Test
        void otherValues() {
            assertThat(other.php())
                    .isEqualTo(new PhpConfig(
                            PhpConfig.Mode.EMBEDDED,
                            3,
                            0,
                            DataSize.ofMebibytes(100),
                            Duration.ofSeconds(5),
                            DataSize.ofMebibytes(64),
                            9,
                            8,
                            Duration.ofMillis(1500),
                            "php",
                            Optional.of(directory.resolve("php.log")),
                            List.of(new IniSetting("date.timezone", "UTC")),
                            Map.of("APP_ENV", "test"),
                            List.of("mail"),
                            Optional.of(directory.resolve("libphp.so"))));
        }
    }

    @Nested
    class Databases {
        @Test
        void defaultValues() {
            assertThat(defaults.db())
                    .isEqualTo(new DatabaseConfig(
                            true,
                            Optional.empty(),
                            new HostAndPort("127.0.0.1", 3306),
                            Optional.empty(),
                            "normal",
                            512,
                            128,
                            Duration.ofSeconds(50),
                            DatabaseLimits.DEFAULT,
                            DatabaseAnalysis.DEFAULT));
        }

        @Test
        void otherValues() {
            assertThat(other.db())
                    .isEqualTo(new DatabaseConfig(
                            false,
                            Optional.of(directory.resolve("x.db")),
                            new HostAndPort("localhost", 0),
                            Optional.of(directory.resolve("mysql.sock")),
                            "full",
                            6,
                            5,
                            Duration.ofSeconds(4),
                            new DatabaseLimits(
                                    DataSize.ofMebibytes(1),
                                    Duration.ofMillis(1500),
                                    Duration.ofSeconds(7),
                                    Duration.ofMinutes(9)),
                            new DatabaseAnalysis(false, Duration.ofSeconds(1), false, true)));
        }
    }

    @Nested
    class Node {
        @Test
        void defaultValues() {
            assertThat(defaults.node().id()).isNotBlank();
            assertThat(defaults.node().dataDir()).isEqualTo(Path.of("/var/lib/ephpm"));
            assertThat(defaults.nodeApi())
                    .isEqualTo(new NodeApiConfig(new HostAndPort("127.0.0.1", 9090), Optional.empty()));
        }

        @Test
        void otherValues() {
            assertThat(other.node()).isEqualTo(new NodeConfig("fra-1", directory.resolve("data")));
            assertThat(other.nodeApi())
                    .isEqualTo(new NodeApiConfig(
                            new HostAndPort("127.0.0.1", 9091), Optional.of(new Secret("0123456789abcdef"))));
        }
    }

    @Nested
    class SiteToml {
        @Test
        void defaultValues() throws IOException {
            Path file = Files.writeString(directory.resolve("site.toml"), "# nothing\n");

            assertThat(ConfigLoader.loadSite(file)).isEqualTo(SiteConfig.INHERITED);
        }

        @Test
        void otherValues() throws IOException {
            Path file = Files.writeString(directory.resolve("site.toml"), OTHER_SITE);

            assertThat(ConfigLoader.loadSite(file))
                    .isEqualTo(new SiteConfig(
                            Optional.of(Path.of("public")),
                            Optional.of(List.of("home.php")),
                            Optional.of(List.of("$uri", "/home.php")),
                            Optional.of(DataSize.ofMebibytes(96)),
                            Optional.of(Duration.ofSeconds(9)),
                            List.of(new IniSetting("precision", "5")),
                            Map.of("A", "b"),
                            Optional.of(Path.of("/mnt/x.db")),
                            Optional.of("wordpress"),
                            Optional.of(3),
                            Optional.of(4)));
        }

        @Test
        void theOtherFileNamesEveryKeyThereIs() {
            assertThat(OptionTable.site().keys())
                    .allSatisfy(key -> assertThat(OTHER_SITE)
                            .contains(key.name().substring(key.name().lastIndexOf('.') + 1) + " = "));
        }
    }

    private static LoadedConfig load(Optional<Path> file) {
        return ConfigLoader.load(new ConfigSources(file, Map.of(), List.of()));
    }

    private static final String OTHER_SITE = """
            document_root = "public"
            index_files = ["home.php"]
            fallback = ["$uri", "/home.php"]
            [php]
            memory_limit = "96M"
            max_execution_time = 9
            ini_overrides = [["precision", "5"]]
            env = { A = "b" }
            [db.sqlite]
            path = "/mnt/x.db"
            name = "wordpress"
            [limits]
            rate = 3
            burst = 4
            """;

    private static final String OTHER = """
            [server]
            listen = "[::1]:81"
            document_root = "DIR/www"
            sites_dir = "DIR/sites"
            index_files = ["home.php"]
            fallback = ["$uri", "=404"]
            graceful_shutdown_timeout = 3
            max_connections = 17
            proxy_protocol = true
            [server.request]
            max_body_size = 1024
            max_header_size = "4KB"
            max_uri_length = "2KiB"
            trusted_hosts = ["a.test", "*.b.test"]
            [server.timeouts]
            header_read = "1s"
            idle = "500ms"
            request = "6m"
            [server.static]
            cache_control = "public"
            expires = { css = "7d", jpg = 60 }
            hidden_files = "ignore"
            etag = false
            [server.response]
            compression = false
            compression_level = 9
            compression_min_size = "2KB"
            headers = [["X-One", "1"], ["X-One", "2"]]
            server_header = ""
            [server.security]
            trusted_proxies = ["10.0.0.0/8", "::1"]
            blocked_paths = ["/vendor/*"]
            allowed_php_paths = ["/index.php"]
            rate_limit = 5
            rate_burst = 7
            [server.logging]
            level = "debug"
            format = "json"
            access = "-"
            access_format = "json"
            [php]
            mode = "embedded"
            workers = 3
            max_requests = 0
            max_worker_memory = "100MB"
            max_execution_time = "5s"
            memory_limit = "64M"
            queue = 9
            queue_per_site = 8
            queue_timeout = "1500ms"
            user = "php"
            error_log = "DIR/php.log"
            ini_overrides = [["date.timezone", "UTC"]]
            env = { APP_ENV = "test" }
            disable_functions = ["mail"]
            library = "DIR/libphp.so"
            [db.sqlite]
            enabled = false
            path = "DIR/x.db"
            synchronous = "full"
            max_connections = 6
            max_connections_per_site = 5
            busy_timeout = 4
            max_packet_size = "1MB"
            max_statement_time = "1500ms"
            max_transaction_time = "7s"
            wait_timeout = "9m"
            [db.analysis]
            query_stats = false
            slow_query_threshold = "1s"
            auto_explain = false
            log_literals = true
            [db.sqlite.proxy]
            mysql_listen = "localhost:0"
            socket = "DIR/mysql.sock"
            [node]
            id = "fra-1"
            data_dir = "DIR/data"
            [node_api]
            listen = "127.0.0.1:9091"
            secret = "0123456789abcdef"
            """;
}
