package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Start, readiness, drain, reload, and starts that cannot succeed. */
class LifecycleIT {
    private static final String HOST = "life.test";
    /** The promise is 1.5 s on an idle machine. */
    private static final Duration START_LIMIT = Duration.ofSeconds(3);

    @Test
    void startToReadyIsQuick() {
        Duration best = bestStart(1);
        System.out.println("start to ready, one site: " + best.toMillis() + " ms");
        assertThat(best).isLessThan(START_LIMIT);
    }

    @Test
    void thousandSitesStartAsQuicklyAndCostNothing() throws Exception {
        try (Appliance appliance = withSites(1000).start()) {
            System.out.println(
                    "start to ready, 1000 sites: " + appliance.readyAfter().toMillis() + " ms");
            assertThat(appliance.readyAfter()).isLessThan(START_LIMIT.plusSeconds(1));
            assertThat(appliance.page("site-777.test", "/")).isEqualTo("site 777");
            assertThat(appliance.page("site-0.test", "/")).isEqualTo("site 0");
            try (var data = Files.walk(appliance.sites())) {
                assertThat(data.filter(file -> file.toString().endsWith(".db"))).isEmpty();
            }
        }
    }

    @Test
    void readinessIsToldWithAReasonUntilPhpServes() throws Exception {
        try (Appliance appliance = new Appliance().site(HOST, site -> site.file("a.php", "<?php echo 1;"))) {
            Process process = appliance.launch();
            Eventually.within(Duration.ofSeconds(30), "ready", () -> {
                Answer answer = probe(appliance, "/_ephpm/ready");
                assertThat(process.isAlive()).isTrue();
                if (answer.status() == 503) {
                    assertThat(answer.text()).isNotBlank();
                }
                return answer.status() == 200;
            });
            assertThat(appliance.page(HOST, "/a.php")).isEqualTo("1");
            assertThat(appliance.get(HOST, "/_ephpm/health").status()).isEqualTo(200);
            assertThat(appliance.get("unknown.test", "/_ephpm/health").status()).isEqualTo(200);
            assertThat(appliance.get(HOST, "/_ephpm/other").status()).isEqualTo(404);
        }
    }

    @Test
    void termDrainsRequestsInFlightAndRefusesNewOnes() throws Exception {
        try (Appliance appliance = new Appliance()
                .set("php.workers", 2)
                .site(HOST, site -> site.scripts("slow.php").file("page.html", "page"))
                .start()) {
            CompletableFuture<Answer> inFlight =
                    Background.start(() -> appliance.get(HOST, "/slow.php?how=usleep&seconds=2"));
            try (Wire streaming = appliance.connect();
                    Wire idle = appliance.connect()) {
                idle.call(Call.get(HOST, "/page.html")).expect(200);
                streaming.send(
                        Call.get(HOST, "/slow.php?pid=1&how=usleep&seconds=2").bytes());
                assertThat(streaming.head().status()).isEqualTo(200);
                appliance.signal("TERM");
                Eventually.within(Duration.ofSeconds(2), "new requests are refused", () -> refused(appliance));
                assertThat(idle.closesWithin(Duration.ofSeconds(3))).isTrue();
                assertThat(new String(streaming.untilClosed(), StandardCharsets.US_ASCII))
                        .contains("done");
            }
            assertThat(inFlight.join().expect(200).text()).isEqualTo("done");
            assertThat(appliance.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(appliance.process().exitValue()).isZero();
        }
    }

    @Test
    void drainEndsAtItsLimit() throws Exception {
        try (Appliance appliance = new Appliance()
                .set("server.graceful_shutdown_timeout", "1s")
                .site(HOST, site -> site.scripts("slow.php"))
                .start()) {
            try (Wire wire = appliance.connect()) {
                wire.send(
                        Call.get(HOST, "/slow.php?pid=1&how=usleep&seconds=25").bytes());
                wire.head();
                long start = System.nanoTime();
                assertThat(appliance.stop()).isZero();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
            }
        }
    }

    @Test
    void interruptStopsLikeTerm() throws Exception {
        // A build started in the background hands its children an ignored SIGINT, which nobody can take back later.
        try (Appliance appliance = new Appliance()
                .site(HOST, site -> site.file("a.html", "a"))
                .under("env", "--default-signal=INT")
                .start()) {
            appliance.signal("INT");
            assertThat(appliance.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(appliance.process().exitValue()).isZero();
        }
    }

    @Test
    void hupReloadsWhatItCanAndSaysWhatItCannot() throws Exception {
        try (Appliance appliance = new Appliance()
                .set("server.static.cache_control", "max-age=1")
                .site(HOST, site -> site.file("page.html", "page"))
                .start()) {
            assertThat(appliance.get(HOST, "/page.html").header("Cache-Control"))
                    .contains("max-age=1");
            appliance
                    .set("server.static.cache_control", "max-age=2")
                    .set("server.request.max_body_size", 10)
                    .set("php.workers", 3)
                    .rewriteConfig();
            appliance.signal("HUP");
            Eventually.holds(
                    Duration.ofSeconds(3),
                    () -> assertThat(appliance.get(HOST, "/page.html").header("Cache-Control"))
                            .contains("max-age=2"));
            Eventually.within(
                    Duration.ofSeconds(2),
                    "the log names what needs a restart",
                    () -> appliance
                            .log()
                            .lines()
                            .anyMatch(line -> line.contains("php.workers") && line.contains("restart")));
            Files.writeString(appliance.configFile(), "server.listen = 17 = broken");
            appliance.signal("HUP");
            Eventually.within(
                    Duration.ofSeconds(2),
                    "the log tells the mistake",
                    () -> appliance.log().lines().anyMatch(line -> line.contains("ephpm.toml")));
            assertThat(appliance.get(HOST, "/page.html").header("Cache-Control"))
                    .contains("max-age=2");
        }
    }

    @Test
    void editedFileIsReloadedToo() {
        try (Appliance appliance = new Appliance()
                .set("server.static.cache_control", "max-age=1")
                .site(HOST, site -> site.file("page.html", "page"))
                .start()) {
            appliance.set("server.static.cache_control", "max-age=3").rewriteConfig();
            Eventually.holds(
                    Duration.ofSeconds(4),
                    () -> assertThat(appliance.get(HOST, "/page.html").header("Cache-Control"))
                            .contains("max-age=3"));
        }
    }

    @Test
    void portInUseIsOneClearSentence() throws Exception {
        for (String key : new String[] {"server.listen", "db.sqlite.proxy.mysql_listen", "node_api.listen"}) {
            try (ServerSocket taken = new ServerSocket(Ports.free(), 1, InetAddress.getLoopbackAddress());
                    Appliance appliance = new Appliance().site(HOST, site -> site.file("a.html", "a"))) {
                appliance.set(key, "127.0.0.1:" + taken.getLocalPort());
                assertFailsToStart(appliance, 1, String.valueOf(taken.getLocalPort()), key);
            }
        }
    }

    @Test
    void secondApplianceOnTheSameDataIsRefused() throws Exception {
        try (Appliance first = new Appliance()
                        .site(HOST, site -> site.file("a.html", "a"))
                        .start();
                Appliance second = new Appliance().site(HOST, site -> site.file("a.html", "a"))) {
            second.set("node.data_dir", first.data().toString());
            assertFailsToStart(second, 1, first.data().toString(), "");
            assertThat(first.page(HOST, "/a.html")).isEqualTo("a");
        }
    }

    @Test
    void configurationMistakesAreAllToldAtOnce() throws Exception {
        try (Appliance appliance = new Appliance()) {
            appliance
                    .set("server.lisen", "127.0.0.1:1")
                    .set("php.workers", "many")
                    .set("server.timeouts.idle", "5 parsecs");
            String log = assertFailsToStart(appliance, 1, "server.lisen", "server.listen");
            assertThat(log).contains("php.workers", "server.timeouts.idle", "ephpm.toml");
        }
    }

    @Test
    void sitesDirectoryThatIsNotThereOrAFileIsOneClearSentence() throws Exception {
        try (Appliance appliance = new Appliance()) {
            appliance.set("server.sites_dir", "/nowhere/at/all");
            assertFailsToStart(appliance, 1, "/nowhere/at/all", "server.sites_dir");
        }
        try (Appliance appliance = new Appliance()) {
            Path file = Files.writeString(appliance.directory().resolve("a-file"), "x");
            appliance.set("server.document_root", file.toString());
            assertFailsToStart(appliance, 1, file.toString(), "server.document_root");
        }
    }

    @Test
    void missingPhpIsOneClearSentence() throws Exception {
        try (Appliance appliance = new Appliance().site(HOST, site -> site.file("a.html", "a"))) {
            Path library = Files.writeString(appliance.directory().resolve("libphp-broken.so"), "not a library");
            appliance.set("php.library", library.toString());
            assertFailsToStart(appliance, 1, "libphp-broken.so", "");
        }
    }

    private static String assertFailsToStart(Appliance appliance, int exitCode, String... said) throws Exception {
        Process process = appliance.launch();
        assertThat(process.waitFor(30, TimeUnit.SECONDS))
                .as("the appliance gives up: %s", appliance.log())
                .isTrue();
        assertThat(process.exitValue()).as(appliance.log()).isEqualTo(exitCode);
        assertThat(appliance.log()).contains(said).doesNotContain("\tat ").doesNotContain("Exception in thread");
        return appliance.log();
    }

    private static Duration bestStart(int sites) {
        return IntStream.range(0, 3)
                .mapToObj(i -> {
                    try (Appliance appliance = withSites(sites).start()) {
                        return appliance.readyAfter();
                    }
                })
                .min(Duration::compareTo)
                .orElseThrow();
    }

    private static Appliance withSites(int count) {
        Appliance appliance = new Appliance();
        for (int i = 0; i < count; i++) {
            int number = i;
            appliance.site("site-" + i + ".test", site -> site.file("index.php", "<?php echo 'site " + number + "';"));
        }
        return appliance;
    }

    private static boolean refused(Appliance appliance) {
        try {
            return appliance.get(HOST, "/page.html").status() == 503;
        } catch (UncheckedIOException closed) {
            return true;
        }
    }

    private static Answer probe(Appliance appliance, String target) {
        try {
            return appliance.get("localhost", target);
        } catch (UncheckedIOException notYet) {
            return new Answer(0, java.util.List.of(), new byte[0], false);
        }
    }
}
