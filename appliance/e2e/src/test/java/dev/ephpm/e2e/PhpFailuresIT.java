package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that fail, hang or take their worker down: that request fails, its siblings do not. */
class PhpFailuresIT {
    private static final String HOST = "failing.test";
    private static final int WORKERS = 4;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(2);
    /** One second is the promise; the rest is for a machine that is busy with other things. */
    private static final Duration WHOLE_AGAIN = Duration.ofSeconds(3);

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .set("php.workers", WORKERS)
            .set("php.max_execution_time", TIME_LIMIT.toSeconds())
            .set("php.memory_limit", "48MB")
            .site(
                    HOST,
                    site -> site.scripts("fail.php", "parse-error.php", "slow.php")
                            .writable("marks")
                            .file("hello.php", "<?php echo 'hello';")
                            .file("page.html", "page"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "undefined",
                "exception",
                "type",
                "memory",
                "require",
                "parse",
                "abstract",
                "handler",
                "shutdown",
            })
    void failureIs500AndTheNextRequestSucceeds(String how) {
        for (int i = 0; i < WORKERS + 1; i++) {
            assertThat(appliance.get(HOST, "/fail.php?how=" + how).status()).isEqualTo(500);
            assertThat(appliance.page(HOST, "/hello.php")).isEqualTo("hello");
        }
    }

    @Test
    void parseErrorInTheScriptItselfIs500() {
        assertThat(appliance.get(HOST, "/parse-error.php").status()).isEqualTo(500);
        assertThat(appliance.page(HOST, "/hello.php")).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"undefined", "exception", "memory", "parse"})
    void outputBeforeAFatalErrorIsNeverACleanSuccess(String how) {
        assertThat(appliance.get(HOST, "/fail.php?before=1&how=" + how).status())
                .isEqualTo(500);
        Answer flushed = appliance.get(HOST, "/fail.php?before=flushed&how=" + how);
        assertThat(flushed.status() >= 500 || !flushed.complete())
                .as("a 200 that was already sent must be broken off, not ended: %s", flushed)
                .isTrue();
    }

    @Test
    void errorsOfASiteGoToItsLogAndNotToTheVisitor() {
        Answer answer = appliance.get(HOST, "/fail.php?how=exception");
        assertThat(answer.text()).doesNotContain("on purpose").doesNotContain(HOST + "/fail.php");
        Eventually.within(
                Duration.ofSeconds(3),
                "the site's log tells the error",
                () -> Command.of("grep", "-rl", "on purpose", appliance.data().toString())
                        .run()
                        .output()
                        .contains("/" + HOST + "/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain-recursion", "get-recursion", "string-recursion", "usort-recursion", "map-recursion",
                "generator-recursion", "nested-serialize", "nested-unserialize", "nested-json", "nested-export",
                "nested-free", "deep-pattern", "backtrack", "signal",
            })
    void deepRecursionHarmsNobodyElse(String how) {
        List<CompletableFuture<Answer>> siblings = slowSiblings(WORKERS - 1, 1);
        Answer answer = attempt("/fail.php?how=" + how);
        assertThat(answer.status()).isIn(0, 200, 500, 502, 504);
        siblings.forEach(sibling -> assertThat(sibling.join().status()).isEqualTo(200));
        assertWholeAgain();
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "SEGV", "ABRT", "TERM"})
    void deathOfAWorkerCostsOneRequest(String signal) {
        List<CompletableFuture<Answer>> siblings = slowSiblings(WORKERS - 1, 1);
        try (Wire wire = appliance.connect()) {
            wire.send(Call.get(HOST, "/slow.php?pid=1&seconds=1&how=usleep").bytes());
            assertThat(wire.head().status()).isEqualTo(200);
            String pid =
                    new String(wire.some(), StandardCharsets.US_ASCII).replaceAll("(?s)^[0-9a-f]+\r\n(\\d+)\n.*", "$1");
            kill(signal, pid);
            String rest = new String(untilBroken(wire), StandardCharsets.US_ASCII);
            if (!signal.equals("TERM")) {
                assertThat(rest).doesNotContain("done").doesNotContain("0\r\n\r\n");
            }
        }
        siblings.forEach(sibling -> assertThat(sibling.join().text()).isEqualTo("done"));
        assertWholeAgain();
    }

    @Test
    void deathBeforeTheHeadIsA502() throws IOException {
        CompletableFuture<Answer> victim =
                Background.start(() -> appliance.get(HOST, "/slow.php?seconds=1&how=usleep&mark=victim"));
        Path mark = appliance.siteDirectory(HOST).resolve("marks/victim");
        Eventually.within(Duration.ofSeconds(2), "the script runs", () -> Files.exists(mark) && Files.size(mark) > 0);
        kill("KILL", Files.readString(mark));
        assertThat(victim.join().status()).isIn(500, 502);
        assertWholeAgain();
    }

    @Test
    void deathOfTheLauncherIsRepaired() {
        ProcessHandle launcher = appliance.phpLauncher();
        kill("KILL", String.valueOf(launcher.pid()));
        Eventually.holds(
                WHOLE_AGAIN,
                () -> assertThat(appliance.page(HOST, "/hello.php")).isEqualTo("hello"));
        assertWholeAgain();
        assertThat(appliance.phpLauncher().pid()).isNotEqualTo(launcher.pid());
    }

    @Test
    void crashesAreCounted() {
        double before = appliance.metric("ephpm_php_crashes_total");
        attempt("/fail.php?how=undefined");
        ProcessHandle worker = appliance.phpLauncher().children().findFirst().orElseThrow();
        kill("KILL", String.valueOf(worker.pid()));
        Eventually.within(
                Duration.ofSeconds(3),
                "the crash is counted once",
                () -> appliance.metric("ephpm_php_crashes_total") == before + 1);
        assertWholeAgain();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep", "usleep", "loop", "ignore", "database", "socket", "pattern"})
    void scriptOverItsTimeLimitIs504AndFilesAreServedMeanwhile(String how) {
        long start = System.nanoTime();
        CompletableFuture<Answer> slow = Background.start(() -> appliance.get(HOST, "/slow.php?seconds=20&how=" + how));
        while (!slow.isDone()) {
            assertThat(appliance.page(HOST, "/page.html")).isEqualTo("page");
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(50).toNanos());
        }
        assertThat(slow.join().status()).isEqualTo(504);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(TIME_LIMIT.minusMillis(200), TIME_LIMIT.plusMillis(2500));
        assertThat(appliance.page(HOST, "/hello.php")).isEqualTo("hello");
    }

    @Test
    void scriptCannotRaiseItsTimeLimit() {
        long start = System.nanoTime();
        assertThat(appliance
                        .get(HOST, "/slow.php?seconds=20&how=usleep&limit=60")
                        .status())
                .isEqualTo(504);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIME_LIMIT.plusMillis(2500));
    }

    @Test
    void allWorkersHangingIsOverInTheTimeLimit() {
        List<CompletableFuture<Answer>> hanging = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            hanging.add(Background.start(() -> appliance.get(HOST, "/slow.php?seconds=20&how=sleep")));
        }
        hanging.forEach(request -> assertThat(request.join().status()).isEqualTo(504));
        assertWholeAgain();
    }

    private static List<CompletableFuture<Answer>> slowSiblings(int count, int seconds) {
        List<CompletableFuture<Answer>> siblings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            siblings.add(Background.start(() -> appliance.get(HOST, "/slow.php?how=usleep&seconds=" + seconds)));
        }
        return siblings;
    }

    /** All workers serve at the same time again. */
    private static void assertWholeAgain() {
        Eventually.within(WHOLE_AGAIN, WORKERS + " different workers answer", () -> {
            Set<String> workers = new HashSet<>();
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                answers.add(Background.start(() -> appliance.page(HOST, "/slow.php?pid=1&how=usleep&seconds=0.3")));
            }
            answers.forEach(answer -> workers.add(answer.join()));
            return workers.size() == WORKERS && workers.stream().allMatch(text -> text.endsWith("done"));
        });
    }

    private static Answer attempt(String target) {
        try {
            return appliance.get(HOST, target);
        } catch (UncheckedIOException closed) {
            return new Answer(0, List.of(), new byte[0], false);
        }
    }

    private static byte[] untilBroken(Wire wire) {
        try {
            return wire.untilClosed();
        } catch (UncheckedIOException reset) {
            return new byte[0];
        }
    }

    private static void kill(String signal, String pid) {
        Command.of("kill", "-" + signal, pid).run().expectSuccess();
    }
}
