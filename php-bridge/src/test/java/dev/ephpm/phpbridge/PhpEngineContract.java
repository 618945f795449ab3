package dev.ephpm.phpbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every engine must do, against real PHP: requests, responses, isolation, and here OPcache and time limits. */
abstract class PhpEngineContract extends PhpIsolationContract {
    private static final FileTime OLD = FileTime.fromMillis(1_000_000_000_000L);

    @Test
    void cachesScriptsForAllWorkers() throws IOException {
        Path file = script("cached.php", "<?php echo opcache_get_status(false)['opcache_statistics']['hits'];");
        Files.setLastModifiedTime(file, OLD);
        get("/cached.php");
        long before = Long.parseLong(get("/cached.php").text());
        long after = Long.parseLong(get("/cached.php").text());
        assertThat(after).isGreaterThan(before);
    }

    @Test
    void forgetsScriptsOfOneDirectoryOnRequest() throws IOException {
        Path file = script("deploy/version.php", "<?php echo 1;");
        Files.setLastModifiedTime(file, OLD);
        Path kept = script("kept-version.php", "<?php echo 1;");
        Files.setLastModifiedTime(kept, OLD);
        for (int i = 0; i < 4; i++) {
            assertThat(get("/deploy/version.php").text()).isEqualTo("1");
            get("/kept-version.php");
        }
        Files.writeString(file, "<?php echo 2;");
        Files.setLastModifiedTime(file, OLD);
        assertThat(await(engine.invalidate(site.directory().resolve("deploy")))).isEqualTo(1);
        for (int i = 0; i < 4; i++) {
            assertThat(get("/deploy/version.php").text()).isEqualTo("2");
        }
        assertThat(await(engine.invalidate(site.directory().resolve("dep")))).isZero();
    }

    @Test
    void compilesAheadAndReportsWhatFails() throws IOException {
        Path good = script("ahead.php", "<?php echo 'ahead';");
        Path bad = script("broken.php", "<?php class { ");
        Files.setLastModifiedTime(good, OLD);
        List<String> problems =
                await(engine.compile(site, List.of(good, bad, site.directory().resolve("absent.php"))));
        assertThat(problems).hasSize(2);
        assertThat(problems.get(0)).contains("broken.php: ").contains("syntax error");
        assertThat(problems.get(1)).contains("absent.php: ");
        assertThat(run("is.php", "<?php echo json_encode(opcache_is_script_cached('" + good + "'));")
                        .text())
                .isEqualTo("true");
    }

    @Test
    void servesNewCodeSoonAfterAFileChanges() throws IOException {
        Path file = script("changing.php", "<?php echo 'old';");
        Files.setLastModifiedTime(file, OLD);
        get("/changing.php");
        get("/changing.php");
        Files.writeString(file, "<?php echo 'new';");
        long changed = System.nanoTime();
        until(() -> get("/changing.php").text().equals("new"));
        assertThat(Duration.ofNanos(System.nanoTime() - changed)).isLessThan(Duration.ofMillis(2100));
    }

    @Test
    void stopsAScriptThatComputesTooLong() {
        PhpTenant hasty = tenant("hasty.test", Duration.ofSeconds(1), List.of());
        script(hasty, "loop.php", "<?php set_time_limit(0); while (true) { }");
        assertTimedOut(hasty, "/loop.php");
        script(hasty, "fine.php", "<?php echo 'fine';");
        assertThat(await(exchange(request(hasty, "GET", "/fine.php", null, -1, Map.of(), null)))
                        .text())
                .isEqualTo("fine");
    }

    void assertTimedOut(PhpTenant tenant, String uri) {
        long start = System.nanoTime();
        long timeouts = engine.status().timeouts();
        assertThatThrownBy(() -> await(exchange(request(tenant, "GET", uri, null, -1, Map.of(), null))))
                .isInstanceOfSatisfying(
                        PhpException.class, e -> assertThat(e.reason()).isEqualTo(PhpException.Reason.TIMED_OUT));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(took)
                .isBetween(tenant.maxExecutionTime(), tenant.maxExecutionTime().plusMillis(800));
        assertThat(engine.status().timeouts()).isEqualTo(timeouts + 1);
    }

    @Test
    void obeysAShorterTimeLimitOfTheScript() {
        Answer answer = run("short.php", "<?php set_time_limit(1); while (true) { }");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.outcome().fatal()).isTrue();
    }

    @Test
    void tellsItsState() {
        PhpStatus status = engine.status();
        assertThat(status.ready()).isTrue();
        assertThat(status.version()).startsWith("8.");
        assertThat(status.workers()).isPositive();
    }
}
