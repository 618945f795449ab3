package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each request starts clean, and ends and sends as it would under php-fpm. */
class PhpIsolationIT {
    private static final String HOST = "clean.test";
    private static final String OTHER = "other.test";

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .set("php.workers", 4)
            .set("php.max_execution_time", 20)
            .site(
                    HOST,
                    site -> site.scripts("state.php", "ends.php", "opcache.php", "session.php")
                            .file("hello.php", "<?php echo 'hello';")
                            .writable("marks"))
            .site(OTHER, site -> site.scripts("state.php"));

    @BeforeEach
    void removeMarks() throws IOException {
        try (var marks = Files.list(marks())) {
            for (Path mark : marks.toList()) {
                Files.delete(mark);
            }
        }
    }

    @Test
    void fortyRequestsAtOnceEachStartClean() {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(40)) {
            for (int i = 0; i < 120; i++) {
                String host = i % 3 == 0 ? OTHER : HOST;
                Call call = i % 5 == 0
                        ? Call.get(host, "/state.php?wait=20&auth=1").header("Authorization", "Basic YTpi")
                        : Call.get(host, "/state.php?wait=20");
                answers.add(
                        CompletableFuture.supplyAsync(() -> appliance.send(call).text(), clients));
            }
            answers.forEach(answer -> assertThat(answer.join()).isEqualTo("clean."));
        }
    }

    @Test
    void uploadsAndPostsDoNotReachTheNextRequest() {
        for (int i = 0; i < 8; i++) {
            appliance.send(Call.post(HOST, "/hello.php", Map.of("a", "b")));
            appliance.send(new Multipart()
                    .file("f", "f.txt", "text/plain", new byte[] {1})
                    .call(HOST, "/hello.php"));
            assertThat(appliance.get(HOST, "/state.php").text()).isEqualTo("clean.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exit, ax",
        "exit-number, a",
        "exit-in-function, in",
        "shutdown, main shut down",
        "buffers, one TWO",
        "discarded, kept",
        "late-header, body sent",
        "early-header, body",
        "destructor, destroyed",
    })
    void scriptEndsAsUnderPhpFpm(String how, String expected) {
        Answer answer = appliance.get(HOST, "/ends.php?how=" + how);
        assertThat(answer.expect(200).text()).isEqualTo(expected);
        assertThat(answer.header("X-Late").isPresent()).isEqualTo(how.equals("early-header"));
    }

    @Test
    void flushedBytesArriveBeforeTheScriptEnds() throws IOException {
        try (Wire wire = appliance.connect()) {
            wire.send(Call.get(HOST, "/ends.php?how=flush&go=flush").bytes());
            assertThat(wire.head().status()).isEqualTo(200);
            assertThat(new String(wire.some(), StandardCharsets.UTF_8))
                    .contains("first")
                    .doesNotContain("second");
            go("flush");
            assertThat(new String(wire.some(), StandardCharsets.UTF_8)).contains(" second");
        }
    }

    @Test
    void finishedRequestAnswersAndGoesOnWorking() throws IOException {
        try (Wire wire = appliance.connect()) {
            Answer answer = wire.call(Call.get(HOST, "/ends.php?how=finish&go=finish"));
            assertThat(answer.expect(200).text()).isEqualTo("answer");
            assertThat(marks().resolve("after-finish")).doesNotExist();
            assertThat(wire.call(Call.get(HOST, "/hello.php")).text()).isEqualTo("hello");
        }
        go("finish");
        awaitMark("after-finish");
        assertThat(Files.readString(marks().resolve("returned"))).isEqualTo("true");
    }

    @Test
    void clientThatGoesAwayEndsTheScript() throws IOException {
        leaveDuring("abort-shutdown");
        awaitMark("abort-shutdown-ended");
        assertThat(Files.readString(marks().resolve("abort-shutdown-ended"))).isEqualTo("1");
        leaveDuring("abort");
        leaveDuring("abort-ignored");
        awaitMark("abort-ignored-ended");
        assertThat(marks().resolve("abort-ended")).doesNotExist();
        assertThat(Files.readString(marks().resolve("abort-ignored-ended"))).isEqualTo("1");
    }

    @Test
    void opcacheIsOnAndItsHitsRise() {
        // A script is cached from its second second of age on; the hits of both answers come from any worker.
        Eventually.within(Duration.ofSeconds(8), "the script is cached", () -> hits() > 0);
        int before = hits();
        assertThat(hits()).isGreaterThan(before);
    }

    @Test
    void sessionsLastFromRequestToRequest() {
        Answer first = appliance.get(HOST, "/session.php");
        String cookie = first.header("Set-Cookie").orElseThrow().split(";")[0];
        assertThat(first.text()).isEqualTo("1");
        for (int i = 2; i < 8; i++) {
            assertThat(appliance
                            .send(Call.get(HOST, "/session.php").header("Cookie", cookie))
                            .text())
                    .isEqualTo(String.valueOf(i));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"clean.test", "other.test"})
    void requestsAfterAFloodAreStillClean(String host) {
        for (int i = 0; i < 20; i++) {
            assertThat(appliance.get(host, "/state.php").text()).isEqualTo("clean.");
        }
    }

    private static int hits() {
        String text = appliance.page(HOST, "/opcache.php");
        assertThat(text).startsWith("hits ");
        return Integer.parseInt(text.substring(5));
    }

    private static void leaveDuring(String how) throws IOException {
        try (Wire wire = appliance.connect()) {
            wire.send(Call.get(HOST, "/ends.php?how=" + how + "&go=" + how).bytes());
            assertThat(wire.head().status()).isEqualTo(200);
            assertThat(new String(wire.some(), StandardCharsets.UTF_8)).contains("started");
            wire.reset();
        }
        go(how);
    }

    private static void go(String name) throws IOException {
        Files.writeString(marks().resolve(name), "go");
    }

    private static void awaitMark(String name) {
        Eventually.within(Duration.ofSeconds(6), "the script wrote " + name, () -> Files.exists(marks().resolve(name)));
    }

    private static Path marks() {
        return appliance.siteDirectory(HOST).resolve("marks");
    }
}
