package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that must not be served: hidden, blocked, outside, and PHP source in any disguise. */
class PathGuardsIT {
    private static final String HOST = "guards.test";
    private static final String SECRET = "top-secret-source";

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .set("server.security.blocked_paths", List.of("/vendor/*", "/private.html", "*.sql"))
            .set(
                    "server.security.allowed_php_paths",
                    List.of("/index.php", "/app/*", "/source.php", "/source.phtml", "/UPPER.PHP", "/folder.php/*"))
            .site(
                    HOST,
                    site -> site.file("page.html", "page")
                            .file("index.php", "<?php echo 'front: ', $_SERVER['REQUEST_URI'];")
                            .file("source.php", "<?php /* " + SECRET + " */ echo 'ran';")
                            .file("source.phtml", "<?php /* " + SECRET + " */ echo 'ran';")
                            .file("UPPER.PHP", "<?php /* " + SECRET + " */ echo 'ran';")
                            .file("source.php.bak", "<?php /* " + SECRET + " */")
                            .file("folder.php/inner.txt", "inner")
                            .file("app/allowed.php", "<?php echo 'allowed';")
                            .file("uploads/evil.php", "<?php /* " + SECRET + " */ echo 'evil ran';")
                            .file(".env", "DB_PASSWORD=" + SECRET)
                            .file(".git/config", SECRET)
                            .file("a/.hidden/x", SECRET)
                            .file("a/.htaccess", SECRET)
                            .file("a/x.html", "a page")
                            .file("vendor/autoload.php", "<?php echo '" + SECRET + "';")
                            .file("vendor/readme.txt", SECRET)
                            .file("vendored.txt", "vendored")
                            .file("private.html", SECRET)
                            .file("dump.sql", SECRET)
                            .file(".well-known/security.txt", "Contact: x"))
            .site("neighbour.test", site -> site.file("theirs.html", SECRET));

    @BeforeAll
    static void linkOutside() throws IOException {
        Path outside = appliance.directory().resolve("outside.txt");
        Files.writeString(outside, SECRET);
        Files.createSymbolicLink(appliance.siteDirectory(HOST).resolve("link.txt"), outside);
        Files.createSymbolicLink(
                appliance.siteDirectory(HOST).resolve("linked-directory"), appliance.siteDirectory("neighbour.test"));
        Files.createSymbolicLink(
                appliance.siteDirectory(HOST).resolve("inner-link.html"),
                appliance.siteDirectory(HOST).resolve("page.html"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.env", "/.git/config", "/a/.hidden/x", "/a/.htaccess", "/%2eenv", "/%2Egit/config", "/a/%2ehidden/x",
                "/.missing", "/.git", "/.git/", "/a/.hidden/", "/.env?x=1", "/.env/", "/.ENV",
            })
    void hiddenFilesAre403(String target) {
        Answer answer = appliance.get(HOST, target);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).doesNotContain(SECRET);
    }

    @Test
    void wellKnownIsNotHidden() {
        assertThat(appliance.page(HOST, "/.well-known/security.txt")).isEqualTo("Contact: x");
        assertThat(appliance.get(HOST, "/.well-known/acme-challenge/none").status())
                .isEqualTo(404);
        assertThat(appliance.get(HOST, "/.well-known/.hidden").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/vendor/autoload.php",
                "/vendor/readme.txt",
                "/vendor/missing",
                "/private.html",
                "/dump.sql",
                "/%76endor/readme.txt",
                "/vendor%2Freadme.txt",
                "/private.html?x",
                "/./vendor/readme.txt",
                "//vendor/readme.txt",
                "/a/../vendor/readme.txt",
                "/vendor//readme.txt",
                "/VENDOR/readme.txt",
            })
    void blockedPathsAreNeverServed(String target) {
        Answer answer = appliance.raw("GET " + target + " HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n");
        assertThat(answer.text()).doesNotContain(SECRET);
        assertThat(answer.status()).isIn(400, 403, target.startsWith("/VENDOR") ? 200 : 403);
    }

    @Test
    void neighboursOfBlockedPathsAreServed() {
        assertThat(appliance.page(HOST, "/vendored.txt")).isEqualTo("vendored");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/uploads/evil.php",
                "/uploads/evil.php/",
                "/uploads/evil.php/x",
                "/uploads/evil%2Ephp",
                "/uploads/evil.php?x",
                "/uploads/./evil.php",
                "/app/../uploads/evil.php",
            })
    void phpOutsideTheAllowedPathsDoesNotRun(String target) {
        Answer answer = appliance.raw("GET " + target + " HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n");
        assertThat(answer.status()).isIn(400, 403);
        assertThat(answer.text()).doesNotContain(SECRET).doesNotContain("evil ran");
    }

    @Test
    void phpInsideTheAllowedPathsRuns() {
        assertThat(appliance.page(HOST, "/app/allowed.php")).isEqualTo("allowed");
        assertThat(appliance.page(HOST, "/index.php")).isEqualTo("front: /index.php");
        assertThat(appliance.page(HOST, "/pretty")).isEqualTo("front: /pretty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/source.php",
                "/source.php/",
                "/source.php.",
                "/source.php%20",
                "/source.php/x.css",
                "/source.PHP",
                "/SOURCE.php",
                "/source.phtml",
                "/UPPER.PHP",
                "/source.php%00.txt",
                "/source.php%00",
                "/source.php::$DATA",
                "/source.php;x",
                "/source.php?x",
                "/source.php~",
                "/source%2ephp",
                "/source.ph%70",
                "/folder.php/../source.php",
                "/source.php\\",
                "/source.php%5c",
                "/source.php#x",
                "/./source.php",
                "//source.php",
                "/source.php/%2e%2e/page.html",
            })
    void phpSourceNeverLeavesTheServer(String target) {
        for (String method : List.of("GET", "POST", "HEAD", "OPTIONS")) {
            Answer answer = appliance.raw(method + " " + target + " HTTP/1.1\r\nHost: " + HOST
                    + "\r\nAccept-Encoding: identity\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            assertThat(answer.text()).as(method).doesNotContain(SECRET);
        }
        Answer ranged = appliance.send(Call.get(HOST, "/source.php").header("Range", "bytes=0-20"));
        assertThat(ranged.text()).doesNotContain("<?php");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../outside.txt",
                "/../../outside.txt",
                "/a/../../outside.txt",
                "/%2e%2e/outside.txt",
                "/.%2e/outside.txt",
                "/%2e./outside.txt",
                "/a/%2e%2e/%2e%2e/outside.txt",
                "/..%2foutside.txt",
                "/..%5coutside.txt",
                "/a/..%2f..%2foutside.txt",
                "/..\\outside.txt",
                "/\\..\\outside.txt",
                "/%c0%ae%c0%ae/outside.txt",
                "/%e0%80%ae%e0%80%ae/outside.txt",
                "/..%c0%afoutside.txt",
                "/%252e%252e/outside.txt",
                "/..;/outside.txt",
                "/../neighbour.test/theirs.html",
                "/..%2fneighbour.test%2ftheirs.html",
                "/link.txt",
                "/linked-directory/theirs.html",
                "/../../../../etc/passwd",
                "/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                "/page.html/../../outside.txt",
                "/a%00/../../outside.txt",
                "/%u002e%u002e/outside.txt",
            })
    void nothingOutsideTheDocrootIsServed(String target) {
        Answer answer = appliance.raw("GET " + target + " HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n");
        assertThat(answer.text()).doesNotContain(SECRET).doesNotContain("root:");
        assertThat(answer.status()).isNotEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../x",
                "/a/../../x",
                "/%2e%2e/x",
                "/.%2e/x",
                "/a%2fb",
                "/a%5cb",
                "/\\..\\x",
                "/%c0%ae%c0%ae/x",
                "/a%00b",
                "/%ff%fe",
                "/%zz",
                "/%",
                "/a%2",
                "/%2e%2e%2fx",
            })
    void attackIs400(String target) {
        assertThat(appliance
                        .raw("GET " + target + " HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a//x.html", "/a/./x.html", "//a/x.html", "/./a/x.html", "/a/b/../x.html"})
    void harmlessDetoursStayInsideTheDocroot(String target) {
        Answer answer = appliance.raw("GET " + target + " HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n");
        assertThat(answer.status()).isIn(200, 301, 400, 404);
        if (answer.status() == 200) {
            assertThat(answer.text()).isIn("a page", "front: " + target);
        }
    }

    @Test
    void linkInsideTheSiteIsFollowed() {
        assertThat(appliance.page(HOST, "/inner-link.html")).isEqualTo("page");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ephpm.db",
                "/ephpm.db-wal",
                "/ephpm.db-shm",
                "/site.toml",
                "/EPHPM.DB",
                "/%65phpm.db",
                "/ephpm.db/"
            })
    void databaseAndSettingsOfASiteAreNotServed(String target) throws IOException {
        Path directory = appliance.siteDirectory(HOST);
        if (!Files.exists(directory.resolve("site.toml"))) {
            Files.writeString(directory.resolve("site.toml"), "# " + SECRET + "\n");
        }
        appliance
                .database(HOST)
                .query("CREATE TABLE IF NOT EXISTS secrets (s TEXT); INSERT INTO secrets VALUES ('" + SECRET + "')");
        Answer answer = appliance.get(HOST, target);
        assertThat(answer.text()).doesNotContain(SECRET).doesNotContain("SQLite format");
    }
}
