package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What breaks around the appliance: disks, descriptors, files that are not what they should be. */
class FaultsIT {
    private static final String GOOD = "good.test";

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .site(GOOD, site -> site.file("page.html", "page").file("hello.php", "<?php echo 'hello';"))
            .site(
                    "bad-database.test",
                    site -> site.file("ephpm.db", "this is not a database, but long enough to look".repeat(100))
                            .file("page.html", "page")
                            .scripts("acknowledge.php"))
            .site(
                    "bad-root.test",
                    site -> site.file("site.toml", "document_root = \"public\"\n")
                            .file("public", "a file"))
            .site("unreadable.test", site -> site.file("page.html", "page").file("a.php", "<?php echo 1;"));

    @Test
    void fileThatIsNoDatabaseIsAnErrorOfThatSiteOnly() {
        Command.Result result = appliance.database("bad-database.test").mariadb("SELECT 1; CREATE TABLE t (a INT)");
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.errors()).contains("ERROR");
        Eventually.within(
                Duration.ofSeconds(2),
                "the log names the file",
                () -> appliance
                        .log()
                        .lines()
                        .anyMatch(line -> line.contains("bad-database.test") && line.contains("not a database")));
        assertThat(appliance.page("bad-database.test", "/page.html")).isEqualTo("page");
        assertThat(appliance.database(GOOD).value("SELECT 1")).isEqualTo("1");
    }

    @Test
    void docrootThatIsAFileMakesThatSite503() {
        assertThat(appliance.get("bad-root.test", "/").status()).isEqualTo(503);
        assertThat(appliance.log()).contains("bad-root.test");
        assertThat(appliance.page(GOOD, "/page.html")).isEqualTo("page");
    }

    @Test
    void unreadableSiteIsToldAndHarmsNobody() {
        Path directory = appliance.siteDirectory("unreadable.test");
        Command.of("chmod", "700", directory.toString()).run().expectSuccess();
        // PHP's user cannot enter; started without root the appliance itself is the owner and both can.
        Eventually.holds(
                Duration.ofSeconds(3),
                () -> assertThat(appliance.get("unreadable.test", "/a.php").status())
                        .isIn(SiteFiles.isRoot() ? List.of(403, 404, 500, 503) : List.of(200)));
        assertThat(appliance.page(GOOD, "/hello.php")).isEqualTo("hello");
        Command.of("chmod", "755", directory.toString()).run().expectSuccess();
        Eventually.holds(
                Duration.ofSeconds(3),
                () -> assertThat(appliance.page("unreadable.test", "/a.php")).isEqualTo("1"));
    }

    @Test
    void fullDiskIsAClearErrorAndRecoversWithoutRestart() throws Exception {
        assertThat(SiteFiles.isRoot())
                .as("this test mounts a small tmpfs and must run as root")
                .isTrue();
        Path disk = Files.createDirectory(appliance.directory().resolve("small-disk"));
        Command.of("mount", "-t", "tmpfs", "-o", "size=3m,mode=755", "tmpfs", disk.toString())
                .run()
                .expectSuccess();
        try {
            appliance.site(
                    "full.test",
                    site -> site.file("site.toml", "[db.sqlite]\npath = \"" + disk.resolve("full.db") + "\"\n")
                            .file("page.html", "page"));
            Eventually.holds(
                    Duration.ofSeconds(3),
                    () -> assertThat(appliance.page("full.test", "/page.html")).isEqualTo("page"));
            Database database = appliance.database("full.test");
            database.query("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v LONGTEXT) ENGINE=InnoDB");
            List<Integer> kept = fill(database);
            assertThat(kept).isNotEmpty();
            Database.Failure failure = database.failure("INSERT INTO t (v) VALUES (REPEAT('x', 400000))");
            assertThat(failure.number()).as("disk full, or table full").isIn(1021, 1114);
            assertThat(failure.message()).containsIgnoringCase("full");
            assertThat(database.value("SELECT COUNT(*) FROM t")).isEqualTo(String.valueOf(kept.size()));
            assertThat(appliance.database(GOOD).value("SELECT 1")).isEqualTo("1");
            assertThat(appliance.page(GOOD, "/hello.php")).isEqualTo("hello");
            Command.of("mount", "-o", "remount,size=30m", disk.toString()).run().expectSuccess();
            database.query("INSERT INTO t (v) VALUES (REPEAT('y', 400000))");
            assertThat(database.value("SELECT COUNT(*) FROM t")).isEqualTo(String.valueOf(kept.size() + 1));
        } finally {
            Command.of("rm", "-rf", appliance.siteDirectory("full.test").toString())
                    .run()
                    .expectSuccess();
            Command.of("umount", "-l", disk.toString()).run().expectSuccess();
        }
    }

    @Test
    void descriptorsRunningOutIsSurvived() {
        try (Appliance poor = new Appliance()
                .under("prlimit", "--nofile=200:200")
                .site(GOOD, site -> site.file("page.html", "page").file("hello.php", "<?php echo 'hello';"))
                .start()) {
            List<Wire> wires = new ArrayList<>();
            try {
                for (int i = 0; i < 400; i++) {
                    wires.add(poor.connect().offer("GET /page".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
                }
                assertThat(poor.process().isAlive()).isTrue();
            } finally {
                wires.forEach(Wire::close);
            }
            Eventually.holds(Duration.ofSeconds(10), () -> {
                assertThat(page(poor, "/page.html")).isEqualTo("page");
                assertThat(page(poor, "/hello.php")).isEqualTo("hello");
                assertThat(poor.database(GOOD).value("SELECT 1")).isEqualTo("1");
            });
        }
    }

    @Test
    void overloadShedsWithRetryAfterAndFilesAreServed() {
        try (Appliance busy = new Appliance()
                .set("php.workers", 2)
                .set("php.queue", 6)
                .set("php.queue_per_site", 4)
                .set("php.queue_timeout", "1s")
                .site(GOOD, site -> site.file("page.html", "page").scripts("slow.php"))
                .site("other.test", site -> site.file("hello.php", "<?php echo 'hello';"))
                .start()) {
            List<java.util.concurrent.CompletableFuture<Answer>> flood = new ArrayList<>();
            try (var clients = java.util.concurrent.Executors.newFixedThreadPool(30)) {
                for (int i = 0; i < 30; i++) {
                    flood.add(java.util.concurrent.CompletableFuture.supplyAsync(
                            () -> busy.get(GOOD, "/slow.php?how=usleep&seconds=0.5"), clients));
                }
                assertThat(busy.page(GOOD, "/page.html")).isEqualTo("page");
                assertThat(busy.get("other.test", "/hello.php").status()).isEqualTo(200);
                List<Answer> answers = flood.stream()
                        .map(java.util.concurrent.CompletableFuture::join)
                        .toList();
                List<Answer> shed = answers.stream()
                        .filter(answer -> answer.status() == 503)
                        .toList();
                assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 503);
                assertThat(shed).hasSizeGreaterThanOrEqualTo(15);
                assertThat(shed).allMatch(answer -> answer.header("Retry-After").isPresent());
            }
            assertThat(busy.get(GOOD, "/slow.php?how=usleep&seconds=0").status())
                    .isEqualTo(200);
        }
    }

    private static List<Integer> fill(Database database) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Command.Result result = database.mariadb("INSERT INTO t (v) VALUES (REPEAT('x', 200000))");
            if (result.exitCode() != 0) {
                return kept;
            }
            kept.add(i);
        }
        throw new AssertionError("the disk never filled");
    }

    private static String page(Appliance appliance, String target) {
        try {
            return appliance.get(GOOD, target).text();
        } catch (UncheckedIOException refused) {
            return "";
        }
    }
}
