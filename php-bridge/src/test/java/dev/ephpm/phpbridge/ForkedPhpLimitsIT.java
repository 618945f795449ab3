package dev.ephpm.phpbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.config.DataSize;
import dev.ephpm.config.PhpConfig;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Queues, recycling, storms, starting and stopping: each test with an engine of its own. */
final class ForkedPhpLimitsIT extends PhpEngineFixture {
    private int engines;

    @Override
    PhpEngine engine(PhpConfig config) {
        return new ForkedPhp(vertx, config, home.resolve("run" + engines++), NATIVE, Duration.ofSeconds(3));
    }

    private void restart(PhpConfig config) {
        await(engine.close());
        engine = engine(config);
        await(engine.start());
    }

    @AfterEach
    void back() {
        restart(config());
    }

    private static PhpConfig with(
            int workers, int maxRequests, DataSize memory, int queue, int perSite, Duration wait) {
        PhpConfig base = config(workers, maxRequests);
        return new PhpConfig(
                base.mode(),
                workers,
                maxRequests,
                memory,
                base.maxExecutionTime(),
                base.memoryLimit(),
                queue,
                perSite,
                wait,
                base.user(),
                base.errorLog(),
                base.iniOverrides(),
                base.env(),
                List.of("str_rot13"),
                base.library());
    }

    private Future<Answer> ask(PhpTenant tenant, String uri) {
        return exchange(request(tenant, "GET", uri, null, -1, Map.of(), null));
    }

    @Test
    void replacesWorkersAfterTheirShareWithoutLosingARequest() {
        restart(config(2, 20));
        script("pid.php", "<?php echo getmypid();");
        Set<String> pids = ConcurrentHashMap.newKeySet();
        for (int round = 0; round < 40; round++) {
            List<Future<Answer>> batch =
                    IntStream.range(0, 10).mapToObj(i -> ask(site, "/pid.php")).toList();
            await(Future.all(batch));
            batch.forEach(answer -> pids.add(answer.result().text()));
        }
        assertThat(pids).hasSizeBetween(18, 25);
        assertThat(engine.status().recycled()).isBetween(16L, 21L);
        assertThat(engine.status().crashes()).isZero();
    }

    @Test
    void replacesAWorkerThatHasGrown() {
        restart(with(1, 0, DataSize.ofMebibytes(48), 10, 10, Duration.ofSeconds(5)));
        script("pid.php", "<?php echo getmypid();");
        script(
                "grow.php",
                "<?php function m($n) { return $n ? array_map('m', [$n - 1])[0] : 0; } m(100000); echo getmypid();");
        String before = get("/pid.php").text();
        assertThat(get("/grow.php").text()).isEqualTo(before);
        assertThat(get("/pid.php").text()).isNotEqualTo(before);
        assertThat(engine.status().recycled()).isEqualTo(1);
    }

    @Test
    void disablesFurtherFunctions() {
        restart(with(1, 0, DataSize.ofMebibytes(256), 10, 10, Duration.ofSeconds(5)));
        assertThat(run("rot.php", "<?php echo (int) function_exists('str_rot13');")
                        .text())
                .isEqualTo("0");
    }

    @Test
    void shedsWhatDoesNotFitTheQueues() throws IOException {
        restart(with(1, 0, DataSize.ofMebibytes(256), 4, 3, Duration.ofSeconds(10)));
        PhpTenant other = tenant("other.test", Duration.ofSeconds(30), List.of());
        String wait = "<?php while (!file_exists('go')) { usleep(500); clearstatcache(); } echo 'done';";
        script("wait.php", wait);
        script(other, "wait.php", wait);
        List<Future<Answer>> asked = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            asked.add(ask(site, "/wait.php"));
        }
        asked.add(ask(other, "/wait.php"));
        asked.add(ask(other, "/wait.php"));
        assertThat(engine.status().queued()).isEqualTo(4);
        assertThat(engine.status().shed()).isEqualTo(2);
        Path go = Files.createFile(site.directory().resolve("go"));
        Files.createFile(other.directory().resolve("go"));
        for (int i : new int[] {4, 6}) {
            assertThatThrownBy(() -> await(asked.get(i)))
                    .isInstanceOfSatisfying(
                            PhpException.class, e -> assertThat(e.reason()).isEqualTo(PhpException.Reason.OVERLOADED));
        }
        for (int i : new int[] {0, 1, 2, 3, 5}) {
            assertThat(await(asked.get(i)).text()).isEqualTo("done");
        }
        Files.delete(go);
    }

    @Test
    void shedsWhatWaitsTooLong() {
        restart(with(1, 0, DataSize.ofMebibytes(256), 4, 3, Duration.ofMillis(300)));
        script("nap.php", "<?php sleep(1); echo 'slept';");
        Future<Answer> first = ask(site, "/nap.php");
        Future<Answer> second = ask(site, "/nap.php");
        assertThatThrownBy(() -> await(second)).hasMessageContaining("no PHP worker became free within PT0.3S");
        assertThat(await(first).text()).isEqualTo("slept");
    }

    @Test
    void doesNotCountAClientsSlownessAgainstTheScript() {
        PhpTenant hasty = tenant("hasty.test", Duration.ofSeconds(1), List.of());
        script(hasty, "slow.php", "<?php echo strlen(file_get_contents('php://input'));");
        SlowStream body = new SlowStream(vertx, 4, 400);
        assertThat(await(exchange(request(hasty, "PUT", "/slow.php", "text/plain", -1, Map.of(), body)))
                        .text())
                .isEqualTo("4000");
    }

    @Test
    void survivesAStormOfKillsAndInvalidations() throws IOException {
        script(
                "work.php",
                "<?php usleep(random_int(0, 4000)); foreach (glob(__DIR__ . '/part*.php') as $f) { require $f; }"
                        + " echo getmypid();");
        for (int i = 0; i < 30; i++) {
            Path part = script("part" + i + ".php", "<?php class Part" + i + " { const N = " + i + "; }");
            Files.setLastModifiedTime(part, FileTime.fromMillis(1_000_000_000_000L));
        }
        AtomicInteger good = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        int kills = 0;
        long end = System.nanoTime() + 5_000_000_000L;
        while (System.nanoTime() < end) {
            List<Future<Answer>> batch =
                    IntStream.range(0, 8).mapToObj(i -> ask(site, "/work.php")).toList();
            long victim = workers().findFirst().map(ProcessHandle::pid).orElse(0L);
            if (victim > 0
                    && ProcessHandle.of(victim)
                            .map(ProcessHandle::destroyForcibly)
                            .orElse(false)) {
                kills++;
            }
            Future<Integer> forgotten = engine.invalidate(site.directory());
            await(Future.join(batch).otherwiseEmpty());
            await(Future.join(List.of(forgotten)).otherwiseEmpty());
            lost.addAndGet(forgotten.failed() ? 1 : 0);
            batch.forEach(answer -> (answer.succeeded() ? good : lost).incrementAndGet());
        }
        assertThat(kills).isGreaterThan(20);
        assertThat(lost.get()).isLessThanOrEqualTo(kills);
        assertThat(good.get()).isGreaterThan(kills);
        PhpResponseContract.until(
                () -> engine.status().workers() == 2 && engine.status().busy() == 0);
        assertThat(get("/work.php").status()).isEqualTo(200);
    }

    /** The workers' processes: children of children of this one. */
    private static java.util.stream.Stream<ProcessHandle> workers() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("ephpm-php"))
                .flatMap(ProcessHandle::children);
    }

    @Test
    void finishesWhatRunsWhenItCloses() {
        script("nap.php", "<?php sleep(1); echo 'slept';");
        Future<Answer> running = ask(site, "/nap.php");
        List<ProcessHandle> processes = workers().toList();
        Future<Void> closed = engine.close();
        assertThatThrownBy(() -> await(ask(site, "/nap.php"))).hasMessageContaining("PHP is stopping");
        assertThat(await(running).text()).isEqualTo("slept");
        await(closed);
        assertThat(processes).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(engine.status().ready()).isFalse();
    }

    @Test
    void endsWhatDoesNotFinishWhenItCloses() {
        script("sleep.php", "<?php sleep(20);");
        Future<Answer> running = ask(site, "/sleep.php");
        long start = System.nanoTime();
        await(engine.close());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(6));
        assertThatThrownBy(() -> await(running)).isInstanceOf(PhpException.class);
    }

    @Test
    void saysWhatIsMissing() {
        PhpEngine absent = new ForkedPhp(vertx, config(), home.resolve("x"), home, Duration.ofSeconds(1));
        assertThatThrownBy(() -> await(absent.start())).hasMessageContaining("ephpm-php is missing");
        await(absent.close());
        assertCannotStart(missing("www-data", Path.of("/absent/libphp.so")), "/absent/libphp.so", "php.library");
        if (ForkedPhpIT.isRoot()) {
            assertCannotStart(missing("nobody-here", null), "there is no system user 'nobody-here'", "php.user");
        }
    }

    private void assertCannotStart(PhpConfig config, String... words) {
        PhpEngine broken = new ForkedPhp(vertx, config, home.resolve("y"), NATIVE, Duration.ofSeconds(1));
        assertThatThrownBy(() -> await(broken.start()))
                .message()
                .contains("cannot start PHP")
                .contains(words);
        await(broken.close());
    }

    private static PhpConfig missing(String user, @Nullable Path library) {
        PhpConfig base = config(1, 0);
        return new PhpConfig(
                base.mode(),
                1,
                0,
                base.maxWorkerMemory(),
                base.maxExecutionTime(),
                base.memoryLimit(),
                1,
                1,
                base.queueTimeout(),
                user,
                base.errorLog(),
                base.iniOverrides(),
                base.env(),
                base.disableFunctions(),
                Optional.ofNullable(library));
    }

    @Test
    void keepsWorkersSmall() throws IOException {
        script("hello.php", "<?php echo 'hello';");
        for (int i = 0; i < 50; i++) {
            get("/hello.php");
        }
        for (ProcessHandle worker : workers().toList()) {
            String smaps = Files.readString(Path.of("/proc/" + worker.pid() + "/smaps_rollup"));
            long pss = Long.parseLong(smaps.lines()
                    .filter(line -> line.startsWith("Pss:"))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll("\\D", ""));
            assertThat(pss).as("kB of worker " + worker.pid()).isLessThan(15 * 1024);
        }
    }
}
