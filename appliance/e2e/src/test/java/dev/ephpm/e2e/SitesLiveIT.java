package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sites come, change and go while the appliance runs. */
class SitesLiveIT {
    /** The promise. */
    private static final Duration LIVE = Duration.ofSeconds(2);

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .fallbackSite(site -> site.file("index.html", "fallback"))
            .site(
                    "steady.test",
                    site -> site.file("index.html", "steady").file("index.php", "<?php echo 'steady php';"))
            .site(
                    "limited.test",
                    site -> site.file("site.toml", "[limits]\nrate = 5\nburst = 5\n")
                            .file("a.html", "a"))
            .site(
                    "slow-limited.test",
                    site -> site.file("site.toml", "[limits]\nrate = 1\nburst = 1\n")
                            .file("a.php", "<?php echo 'a';"));

    @Test
    void newDirectoryIsServedAndRemovedOneIsNot() {
        assertThat(appliance.page("new.test", "/")).isEqualTo("fallback");
        appliance.site("new.test", site -> site.file("index.php", "<?php echo 'new ', getenv('DB_NAME');"));
        Eventually.holds(LIVE, () -> assertThat(appliance.page("new.test", "/")).isEqualTo("new new_test"));
        Command.of("rm", "-rf", appliance.siteDirectory("new.test").toString())
                .run()
                .expectSuccess();
        Eventually.holds(LIVE, () -> assertThat(appliance.page("new.test", "/")).isEqualTo("fallback"));
        appliance.site("new.test", site -> site.file("index.php", "<?php echo 'again';"));
        Eventually.holds(LIVE, () -> assertThat(appliance.page("new.test", "/")).isEqualTo("again"));
    }

    @Test
    void renamedDirectoryIsAnotherSite() throws IOException {
        appliance.site("before.test", site -> site.file("index.html", "moved"));
        Eventually.holds(
                LIVE, () -> assertThat(appliance.page("before.test", "/")).isEqualTo("moved"));
        Files.move(appliance.siteDirectory("before.test"), appliance.siteDirectory("after.test"));
        Eventually.holds(LIVE, () -> {
            assertThat(appliance.page("after.test", "/")).isEqualTo("moved");
            assertThat(appliance.page("before.test", "/")).isEqualTo("fallback");
        });
    }

    @Test
    void manySitesAtOnceAppear() {
        for (int i = 0; i < 50; i++) {
            int number = i;
            appliance.site("bulk-" + i + ".test", site -> site.file("index.html", "bulk " + number));
        }
        Eventually.holds(Duration.ofSeconds(3), () -> {
            for (int i = 0; i < 50; i++) {
                assertThat(appliance.page("bulk-" + i + ".test", "/")).isEqualTo("bulk " + i);
            }
        });
    }

    @Test
    void flippedReleaseLinkServesNewCode() throws IOException {
        Path releases = Files.createDirectories(appliance.directory().resolve("releases"));
        SiteFiles one = new SiteFiles(releases.resolve("1"));
        one.file("index.php", "<?php require 'inner.php';")
                .file("inner.php", "<?php echo 'release 1';")
                .file("a.txt", "1");
        SiteFiles two = new SiteFiles(releases.resolve("2"));
        two.file("index.php", "<?php require 'inner.php';")
                .file("inner.php", "<?php echo 'release 2';")
                .file("a.txt", "2");
        Path link = appliance.siteDirectory("released.test");
        Files.createSymbolicLink(link, one.directory());
        Eventually.holds(
                LIVE, () -> assertThat(appliance.page("released.test", "/")).isEqualTo("release 1"));
        assertThat(appliance.page("released.test", "/a.txt")).isEqualTo("1");
        flip(link, two.directory());
        Eventually.holds(LIVE, () -> {
            assertThat(appliance.page("released.test", "/")).isEqualTo("release 2");
            assertThat(appliance.page("released.test", "/a.txt")).isEqualTo("2");
        });
        flip(link, one.directory());
        Eventually.holds(
                LIVE, () -> assertThat(appliance.page("released.test", "/")).isEqualTo("release 1"));
    }

    @Test
    void flippedLinkInsideASiteServesNewCode() throws IOException {
        appliance.site(
                "inner-release.test",
                site -> site.file("site.toml", "document_root = \"current\"\n")
                        .file("releases/1/index.php", "<?php echo 'inner 1';")
                        .file("releases/2/index.php", "<?php echo 'inner 2';"));
        Path site = appliance.siteDirectory("inner-release.test");
        Files.createSymbolicLink(site.resolve("current"), site.resolve("releases/1"));
        Eventually.holds(
                LIVE,
                () -> assertThat(appliance.page("inner-release.test", "/")).isEqualTo("inner 1"));
        flip(site.resolve("current"), site.resolve("releases/2"));
        Eventually.holds(
                LIVE,
                () -> assertThat(appliance.page("inner-release.test", "/")).isEqualTo("inner 2"));
    }

    @Test
    void changedScriptRunsAndChangedFileIsServed() {
        appliance.site(
                "edited.test",
                site -> site.file("index.php", "<?php echo 'old';").file("a.txt", "old"));
        Eventually.holds(
                LIVE, () -> assertThat(appliance.page("edited.test", "/")).isEqualTo("old"));
        appliance.page("edited.test", "/a.txt");
        appliance.site(
                "edited.test",
                site -> site.file("index.php", "<?php echo 'newer';").file("a.txt", "newer"));
        Eventually.holds(Duration.ofSeconds(3), () -> {
            assertThat(appliance.page("edited.test", "/")).isEqualTo("newer");
            assertThat(appliance.page("edited.test", "/a.txt")).isEqualTo("newer");
        });
    }

    @Test
    void settingsOfASiteApplyWithoutRestart() {
        appliance.site(
                "settings.test",
                site -> site.file("site.toml", "[php]\nmemory_limit = \"64M\"\n")
                        .file(
                                "index.php",
                                "<?php echo ini_get('memory_limit'), ' ', getenv('APP_ENV'), ' ', ini_get('precision');")
                        .file("public/index.php", "<?php echo 'public';"));
        Eventually.holds(
                LIVE, () -> assertThat(appliance.page("settings.test", "/")).startsWith("64M "));
        appliance.site(
                "settings.test",
                site -> site.file(
                        "site.toml",
                        "[php]\nmemory_limit = \"96M\"\nini_overrides = [[\"precision\", \"5\"]]\nenv = { APP_ENV = \"prod\" }\n"));
        Eventually.holds(
                LIVE, () -> assertThat(appliance.page("settings.test", "/")).isEqualTo("96M prod 5"));
        appliance.site("settings.test", site -> site.file("site.toml", "document_root = \"public\"\n"));
        Eventually.holds(
                LIVE, () -> assertThat(appliance.page("settings.test", "/")).isEqualTo("public"));
    }

    @Test
    void brokenSettingsMakeOneSite503WithTheReasonInTheLog() {
        for (String broken : List.of(
                "this is = = not toml\n",
                "[php]\nmemory_limit = \"lots\"\n",
                "[php]\nmemery_limit = \"64M\"\n",
                "document_root = \"../steady.test\"\n",
                "document_root = \"missing\"\n",
                "document_root = \"/etc\"\n")) {
            appliance.site("broken.test", site -> site.file("site.toml", broken).file("index.html", "well"));
            Eventually.holds(
                    LIVE,
                    () -> assertThat(appliance.get("broken.test", "/").status())
                            .as(broken)
                            .isEqualTo(503));
            assertThat(appliance.page("steady.test", "/index.html")).isEqualTo("steady");
            assertThat(appliance.page("steady.test", "/")).isEqualTo("steady php");
            Eventually.within(
                    LIVE,
                    "the log names site and file",
                    () -> appliance
                            .log()
                            .lines()
                            .anyMatch(line -> line.contains("broken.test")
                                    && (line.contains("site.toml") || line.contains("document_root"))));
            appliance.site("broken.test", site -> site.file("site.toml", ""));
            Eventually.holds(
                    LIVE, () -> assertThat(appliance.page("broken.test", "/")).isEqualTo("well"));
        }
        assertThat(appliance.log()).contains("memery_limit").contains("memory_limit");
    }

    @Test
    void settingsMayBeRemoved() throws IOException {
        appliance.site(
                "removed.test",
                site -> site.file("site.toml", "[php]\nmemory_limit = \"64M\"\n")
                        .file("index.php", "<?php echo ini_get('memory_limit');"));
        Eventually.holds(
                LIVE, () -> assertThat(appliance.page("removed.test", "/")).isEqualTo("64M"));
        Files.delete(appliance.siteDirectory("removed.test").resolve("site.toml"));
        Eventually.holds(
                LIVE, () -> assertThat(appliance.page("removed.test", "/")).isEqualTo("128M"));
    }

    @Test
    void siteOverItsRateGets429AndOthersAreNotSlowed() {
        List<Answer> answers = IntStream.range(0, 60)
                .mapToObj(i -> appliance.get("limited.test", i % 2 == 0 ? "/a.html" : "/missing"))
                .toList();
        List<Answer> refused =
                answers.stream().filter(answer -> answer.status() == 429).toList();
        assertThat(refused.size()).isBetween(20, 55);
        assertThat(refused)
                .allSatisfy(answer -> assertThat(
                                Integer.parseInt(answer.header("Retry-After").orElseThrow()))
                        .isPositive());
        for (int i = 0; i < 100; i++) {
            assertThat(appliance.page("steady.test", "/index.html")).isEqualTo("steady");
        }
    }

    @Test
    void rateComesBackWithTime() {
        Eventually.within(
                Duration.ofSeconds(3),
                "a request passes",
                () -> appliance.get("slow-limited.test", "/a.php").status() == 200);
        assertThat(IntStream.range(0, 10)
                        .mapToObj(i ->
                                appliance.get("slow-limited.test", "/a.php").status())
                        .collect(Collectors.toSet()))
                .contains(429);
        Eventually.within(
                Duration.ofSeconds(3),
                "a request passes again",
                () -> appliance.get("slow-limited.test", "/a.php").status() == 200);
    }

    @Test
    void namesThatAreNoHostsAreNotSites() {
        appliance
                .site("not a host", site -> site.file("index.html", "wrong"))
                .site(".hidden.test", site -> site.file("index.html", "wrong"))
                .site("x".repeat(80) + ".test", site -> site.file("index.html", "wrong"));
        appliance.site("marker.test", site -> site.file("index.html", "marker"));
        Eventually.holds(
                LIVE, () -> assertThat(appliance.page("marker.test", "/")).isEqualTo("marker"));
        assertThat(appliance.get(".hidden.test", "/").status()).isEqualTo(400);
        assertThat(appliance.page("hidden.test", "/")).isEqualTo("fallback");
    }

    private static void flip(Path link, Path target) throws IOException {
        Path next = link.resolveSibling(".next-release");
        Files.createSymbolicLink(next, target);
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
