package dev.ephpm.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.config.SecurityConfig;
import dev.ephpm.config.SiteConfig;
import dev.ephpm.config.StaticConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a path is made of, nothing outside of the document root and nothing private comes back. */
class PathsIT {
    private static final String SECRET = "TOP-SECRET";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret.txt",
                "/a/../../secret.txt",
                "/..",
                "/a/..",
                "/%2e%2e/secret.txt",
                "/.%2e/secret.txt",
                "/%2E./secret.txt",
                "/a/%2e/b",
                "/..%2fsecret.txt",
                "/a%2f..%2f..%2fsecret.txt",
                "/..%5csecret.txt",
                "/a%5Cb",
                "/\\..\\secret.txt",
                "/..\\secret.txt",
                "/%c0%ae%c0%ae/secret.txt",
                "/%c0%af",
                "/%e0%80%af",
                "/%f0%80%80%af",
                "/%ed%a0%80",
                "/%ff",
                "/a%00.txt",
                "/a.txt%00",
                "/%0a",
                "/%7f",
                "/%",
                "/%1",
                "/%zz",
                "/%u002e",
                "/a%",
                "http://a.test/../secret.txt",
                "/%252e%252e%2fsecret.txt",
            })
    void attacksAreRefused(String target) {
        try (TestServer server = server(Configs.DEFAULTS)) {
            try (Wire wire = server.connect()) {
                Answer answer = wire.send("GET " + target + " HTTP/1.1\r\nHost: a.test\r\n\r\n")
                        .answer();
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.text()).doesNotContain(SECRET);
            }
        }
    }

    private TestServer server(dev.ephpm.config.ServerConfig config) {
        TestServer server = new TestServer(config, directory);
        TestServer.write(directory.resolve("secret.txt"), SECRET.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        server.file("a/b.txt", "b");
        return server;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//secret.txt",
                "/./secret.txt",
                "///",
                "/a/./../",
                "/%252e%252e/secret.txt",
                "/....//secret.txt",
                "/~/secret.txt"
            })
    void oddPathsStayInside(String target) {
        try (TestServer server = server(Configs.DEFAULTS)) {
            Answer answer = server.get(target);
            assertThat(answer.status()).isIn(400, 403, 404);
            assertThat(answer.text()).doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config.php~",
                "config.php.bak",
                "config.php.BAK",
                "config.PHP",
                "config.pHp",
                "config.php5",
                "config.phtml",
                "config.phar",
                "config.php.old",
                "config.php.save",
                "config.php.swp",
                "config.php.",
                "config.php ",
                "config.php.txt",
                "config.inc",
                "config.php.1",
                "config.phps",
                "config.php_old",
                "config.php-bak",
                "config.php.orig~",
                "config.php#",
                "site.toml",
                "SITE.TOML",
                "site.toml~",
                "ephpm.db",
                "ephpm.db-wal",
                "ephpm.db-shm",
                "ephpm.db.backup",
                "ephpm.db-journal",
                "sub/ephpm.db",
            })
    void sourceAndPrivateFilesNeverLeave(String name) {
        try (TestServer server = server(Configs.DEFAULTS)) {
            server.file(name, SECRET);
            String encoded = name.replace(" ", "%20").replace("#", "%23");
            for (String target : List.of("/" + encoded, "//" + encoded, "/" + encoded + "?x=1")) {
                Answer answer = server.get(target);
                assertThat(answer.status()).as(target).isEqualTo(403);
                assertThat(answer.text()).doesNotContain(SECRET);
            }
            for (String target : List.of("/" + encoded + "/", "/" + encoded + "/x.css", "/" + encoded + "%20")) {
                assertThat(server.get(target).text()).as(target).doesNotContain(SECRET);
            }
            assertThat(server.php.runs()).isZero();
        }
    }

    @Test
    void scriptsRunAndTheirSourceStays() {
        try (TestServer server = server(Configs.DEFAULTS)) {
            server.file("run.php", SECRET);
            for (String target : List.of("/run.php", "/run.php/", "/run.php/x.css", "/run.php/a%20b?c=d")) {
                assertThat(server.get(target).text()).as(target).isEqualTo("ran /run.php");
            }
            for (String target : List.of("/run.php%20", "/run.php.", "/run.php::$DATA", "/run.php%3f", "/run.PHP")) {
                assertThat(server.get(target).text()).as(target).doesNotContain(SECRET);
            }
            assertThat(server.php.requests()).hasSize(4);
            Map<String, String> variables = server.php.requests().get(3).serverVariables();
            assertThat(variables)
                    .containsEntry("PATH_INFO", "/a b")
                    .containsEntry("PHP_SELF", "/run.php/a b")
                    .containsEntry("PATH_TRANSLATED", server.root + "/a b");
        }
    }

    @Test
    void hiddenFilesAreDenied() {
        try (TestServer server = server(Configs.DEFAULTS)) {
            server.file(".env", SECRET);
            server.file(".git/config", SECRET);
            server.file("a/.hidden/x", SECRET);
            server.file(".well-known/acme-challenge/token", "token");
            server.file(".well-known/.env", SECRET);
            for (String target :
                    List.of("/.env", "/%2eenv", "/.git/config", "/a/.hidden/x", "/.nothing", "/.well-known/.env")) {
                assertThat(server.get(target).status()).as(target).isEqualTo(403);
            }
            server.file("index.php", "");
            assertThat(server.get("/.well-known/other").text()).isEqualTo("ran /index.php");
            assertThat(server.get("/.well-known/acme-challenge/none").status()).isEqualTo(404);
            assertThat(server.get("/.well-known/acme-challenge/token").text()).isEqualTo("token");
        }
    }

    @Test
    void hiddenFilesCanBeIgnoredOrAllowed() {
        StaticConfig ignore = new StaticConfig("", Map.of(), StaticConfig.HiddenFiles.IGNORE, true);
        try (TestServer server = server(Configs.staticFiles(ignore))) {
            server.file(".env", SECRET);
            assertThat(server.get("/.env").status()).isEqualTo(404);
        }
        StaticConfig allow = new StaticConfig("", Map.of(), StaticConfig.HiddenFiles.ALLOW, true);
        try (TestServer server = server(Configs.staticFiles(allow))) {
            server.file(".env", "shown");
            assertThat(server.get("/.env").text()).isEqualTo("shown");
        }
    }

    @Nested
    class Patterns {
        private final SecurityConfig security = new SecurityConfig(
                List.of(), List.of("/vendor/*", "/wp-config.php"), List.of("/index.php", "/app/*.php"), 0, 0);

        @Test
        void blockedPathsAre403HoweverTheyAreWritten() {
            try (TestServer server = server(Configs.security(security))) {
                server.file("vendor/lib/a.js", SECRET);
                server.file("wp-config.php", SECRET);
                for (String target : List.of(
                        "/vendor/lib/a.js",
                        "//vendor/lib/a.js",
                        "/vendor/",
                        "/%76endor/lib/a.js",
                        "/./vendor/lib/a.js",
                        "/vendor//lib/a.js",
                        "/wp-config.php",
                        "/wp-config.php/x",
                        "/wp-config.php/")) {
                    assertThat(server.get(target).status()).as(target).isEqualTo(403);
                }
                assertThat(server.php.runs()).isZero();
            }
        }

        @Test
        void phpRunsOnlyWhereItIsAllowed() {
            try (TestServer server = server(Configs.security(security))) {
                server.file("index.php", "");
                server.file("app/x.php", "");
                server.file("uploads/evil.php", SECRET);
                assertThat(server.get("/app/x.php").text()).isEqualTo("ran /app/x.php");
                assertThat(server.get("/pretty/url").text()).isEqualTo("ran /index.php");
                for (String target : List.of("/uploads/evil.php", "/uploads/evil.php/x", "/uploads/./evil.php")) {
                    assertThat(server.get(target).status()).as(target).isEqualTo(403);
                }
            }
        }
    }

    @Nested
    class Links {
        @Test
        void linksOutOfTheSiteAreRefusedAndLinksInsideServed() throws IOException {
            try (TestServer server = server(Configs.DEFAULTS)) {
                Files.createSymbolicLink(server.root.resolve("out.txt"), directory.resolve("secret.txt"));
                Files.createSymbolicLink(server.root.resolve("outdir"), directory);
                Files.createSymbolicLink(server.root.resolve("passwd"), Path.of("/etc/passwd"));
                Files.createSymbolicLink(server.root.resolve("in.txt"), server.root.resolve("a/b.txt"));
                Files.createSymbolicLink(server.root.resolve("dangling"), Path.of("/nowhere"));
                server.file("code.php", SECRET);
                Files.createSymbolicLink(server.root.resolve("code.txt"), server.root.resolve("code.php"));
                Files.createSymbolicLink(server.root.resolve("evil.php"), directory.resolve("secret.txt"));
                for (String target : List.of("/out.txt", "/outdir/secret.txt", "/passwd", "/code.txt", "/evil.php")) {
                    Answer answer = server.get(target);
                    assertThat(answer.status()).as(target).isEqualTo(403);
                    assertThat(answer.text()).doesNotContain(SECRET);
                }
                assertThat(server.get("/in.txt").text()).isEqualTo("b");
                assertThat(server.get("/dangling").status()).isEqualTo(404);
            }
        }

        @Test
        void aFileThatBecomesALinkOutIsNoLongerServed() throws IOException {
            try (TestServer server = server(Configs.DEFAULTS)) {
                Path file = server.file("x.txt", "fine");
                assertThat(server.get("/x.txt").text()).isEqualTo("fine");
                Files.delete(file);
                Files.createSymbolicLink(file, directory.resolve("secret.txt"));
                Async.until("the link to be refused", () -> {
                    Answer answer = server.get("/x.txt");
                    assertThat(answer.text()).doesNotContain(SECRET);
                    return answer.status() == 403;
                });
            }
        }

        @Test
        void theDocumentRootItselfMayBeALink() throws IOException {
            try (TestServer server = server(Configs.DEFAULTS)) {
                TestServer.write(directory.resolve("releases/1/a.txt"), new byte[] {'1'});
                TestServer.create(directory.resolve("b.test"));
                Files.createSymbolicLink(directory.resolve("b.test/current"), directory.resolve("releases/1"));
                SiteConfig linked = new SiteConfig(
                        Optional.of(Path.of("current")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
                server.sites.put(FakeSites.site("b.test", directory.resolve("b.test"), linked));
                try (Wire wire = server.connect()) {
                    assertThat(wire.send("GET /a.txt HTTP/1.1\r\nHost: b.test\r\n\r\n")
                                    .answer()
                                    .text())
                            .isEqualTo("1");
                }
            }
        }
    }

    @Test
    void aDatabaseMovedBySiteTomlIsPrivateToo() {
        try (TestServer server = server(Configs.DEFAULTS)) {
            server.file("data/alice.sqlite", SECRET);
            server.file("data/alice.sqlite-wal", SECRET);
            SiteConfig moved = new SiteConfig(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Map.of(),
                    Optional.of(Path.of("data/alice.sqlite")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            server.sites.put(FakeSites.site("a.test", server.root, moved));
            assertThat(server.get("/data/alice.sqlite").status()).isEqualTo(403);
            assertThat(server.get("/data/alice.sqlite-wal").status()).isEqualTo(403);
        }
    }

    @Test
    void odditiesOfTheDiskAreNotServed() throws IOException, InterruptedException {
        try (TestServer server = server(Configs.DEFAULTS)) {
            assertThat(new ProcessBuilder(
                                    "mkfifo", server.root.resolve("pipe.txt").toString())
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(server.get("/pipe.txt").status()).isEqualTo(403);
            assertThat(server.get("/" + "n".repeat(300)).status()).isEqualTo(404);
            assertThat(server.get("/a/b.txt/c").status()).isEqualTo(404);
        }
    }
}
