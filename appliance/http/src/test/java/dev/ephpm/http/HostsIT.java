package dev.ephpm.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.config.SiteConfig;
import dev.ephpm.sites.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: ../../etc",
                "Host: a/b",
                "Host: a%00b",
                "Host: a\\b",
                "Host:",
                "Host: a..b",
                "Host: -a-",
                "Host: a.test:port",
                "Host: a.test:1:2",
                "Host: a test",
                "Host: a.test\r\nHost: a.test",
                "Host: a.test\r\nHost: b.test",
                "X: no host",
                "Host: user@a.test",
                "Host: [::1",
            })
    void invalidHostsAreRefused(String header) throws IOException {
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            server.file("a.txt", "a");
            List<Path> before = files();
            try (Wire wire = server.connect()) {
                wire.send("GET /a.txt HTTP/1.1\r\n" + header + "\r\n\r\n");
                assertThat(wire.answer().status()).isEqualTo(400);
            }
            assertThat(files()).isEqualTo(before);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.sorted().toList();
        }
    }

    @Test
    void unknownHostsCreateNothing() throws IOException {
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            server.file("a.txt", "a");
            server.get("/a.txt");
            ask(server, "warm.example");
            List<Path> before = files();
            long series = server.metrics.scrape().lines().count();
            for (int i = 0; i < 1000; i++) {
                assertThat(ask(server, "unknown" + i + ".example").status()).isEqualTo(404);
            }
            assertThat(files()).isEqualTo(before);
            assertThat(server.metrics.scrape().lines().count()).isEqualTo(series);
        }
    }

    private static Answer ask(TestServer server, String host) {
        try (Wire wire = server.connect()) {
            return wire.send("GET /a.txt HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .answer();
        }
    }

    @Test
    void theFallbackSiteAnswersForUnknownHostsAndForNone() {
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            TestServer.create(directory.resolve("fallback"));
            server.sites.put(Site.FALLBACK, directory.resolve("fallback"));
            TestServer.write(directory.resolve("fallback/a.txt"), new byte[] {'f'});
            assertThat(ask(server, "unknown.example").text()).isEqualTo("f");
            try (Wire wire = server.connect()) {
                assertThat(wire.send("GET /a.txt HTTP/1.0\r\n\r\n").answer().text())
                        .isEqualTo("f");
                assertThat(wire.rest()).isEmpty();
            }
        }
    }

    @Test
    void untrustedHostsGet421ButHealthAnswers() {
        try (TestServer server = new TestServer(Configs.trustedHosts("a.test", "*.b.test"), directory)) {
            server.file("a.txt", "a");
            assertThat(ask(server, "a.test").status()).isEqualTo(200);
            assertThat(ask(server, "x.b.test").status()).isEqualTo(404);
            assertThat(ask(server, "b.test").status()).isEqualTo(421);
            assertThat(ask(server, "c.test").status()).isEqualTo(421);
            try (Wire wire = server.connect()) {
                Answer health = wire.send("GET /_ephpm/health HTTP/1.1\r\nHost: c.test\r\n\r\n")
                        .answer();
                assertThat(health.status()).isEqualTo(200);
                assertThat(health.text()).isEqualTo("ok\n");
                assertThat(wire.send("GET /_ephpm/health HTTP/1.1\r\nHost: ../x\r\n\r\n")
                                .answer()
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void readinessFollowsTheSupplier() {
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            server.obstacle.set(Optional.of("php"));
            Answer starting = server.get("/_ephpm/ready");
            assertThat(starting.status()).isEqualTo(503);
            assertThat(starting.text()).isEqualTo("php\n");
            server.obstacle.set(Optional.empty());
            assertThat(server.get("/_ephpm/ready").status()).isEqualTo(200);
        }
    }

    @Test
    void aFaultySiteIs503AndItsSiblingsAreNot() {
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            server.file("a.txt", "a");
            TestServer.create(directory.resolve("b.test"));
            Site good = FakeSites.site("b.test", directory.resolve("b.test"), SiteConfig.INHERITED);
            server.sites.put(new Site(
                    "b.test", good.directory(), good.documentRoot(), good.config(), Optional.of("broken site.toml")));
            assertThat(ask(server, "b.test").status()).isEqualTo(503);
            assertThat(ask(server, "a.test").status()).isEqualTo(200);
            server.sites.put(good);
            assertThat(ask(server, "b.test").status()).isEqualTo(404);
        }
    }

    @Test
    void sitesComeAndGoAndMoveTheirRoot() {
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            TestServer.write(directory.resolve("b.test/v1/a.txt"), new byte[] {'1'});
            TestServer.write(directory.resolve("b.test/v2/a.txt"), new byte[] {'2'});
            assertThat(ask(server, "b.test").status()).isEqualTo(404);
            server.sites.put("b.test", directory.resolve("b.test/v1"));
            assertThat(ask(server, "b.test").text()).isEqualTo("1");
            server.sites.put("b.test", directory.resolve("b.test/v2"));
            assertThat(ask(server, "b.test").text()).isEqualTo("2");
            server.sites.remove("b.test");
            assertThat(ask(server, "b.test").status()).isEqualTo(404);
        }
    }
}
