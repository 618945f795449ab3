package dev.ephpm.phpbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.config.PhpConfig;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, and what only processes can promise: a crash costs one request, a sleeping script is ended. */
final class ForkedPhpIT extends PhpEngineContract {
    @Override
    PhpEngine engine(PhpConfig config) {
        return new ForkedPhp(vertx, config, home.resolve("run"), NATIVE, Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "SEGV", "ABRT"})
    void losesOnlyTheRequestOfAWorkerThatDies(String signal) throws IOException {
        script("pid.php", "<?php file_put_contents('pid', getmypid()); sleep(20);");
        script("fine.php", "<?php echo 'fine';");
        Path pid = site.directory().resolve("pid");
        Files.deleteIfExists(pid);
        long crashes = engine.status().crashes();
        Future<Answer> doomed = exchange(request(site, "GET", "/pid.php", null, -1, Map.of(), null));
        until(() -> Files.exists(pid) && size(pid) > 0);
        signal(signal, Long.parseLong(text(pid)));
        assertThatThrownBy(() -> await(doomed))
                .isInstanceOfSatisfying(
                        PhpException.class, e -> assertThat(e.reason()).isEqualTo(PhpException.Reason.WORKER_DIED));
        long died = System.nanoTime();
        assertThat(get("/fine.php").text()).isEqualTo("fine");
        until(() -> engine.status().workers() == 2);
        assertThat(Duration.ofNanos(System.nanoTime() - died)).isLessThan(Duration.ofSeconds(1));
        assertThat(engine.status().crashes()).isEqualTo(crashes + 1);
    }

    /** A terminal sends its signals to every process; only the appliance decides when to stop. */
    @Test
    void goesOnWhenEveryProcessIsToldToStop() {
        script("pids.php", "<?php echo posix_getppid(), ' ', getmypid();");
        String before = get("/pids.php").text();
        for (String pid : before.split(" ")) {
            for (String signal : List.of("INT", "TERM", "HUP")) {
                signal(signal, Long.parseLong(pid));
            }
        }
        List<String> after = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            after.add(get("/pids.php").text());
        }
        assertThat(after).contains(before);
    }

    @Test
    void isWholeAgainWithinASecondOfTheLaunchersDeath() {
        script("parent.php", "<?php echo posix_getppid();");
        long launcher = Long.parseLong(get("/parent.php").text());
        List<ProcessHandle> orphans =
                ProcessHandle.of(launcher).orElseThrow().children().toList();
        assertThat(orphans).hasSize(2);
        signal("KILL", launcher);
        long died = System.nanoTime();
        until(() -> {
            PhpStatus status = engine.status();
            return status.workers() == 2 && !Long.toString(launcher).equals(tryToGet("/parent.php"));
        });
        assertThat(Duration.ofNanos(System.nanoTime() - died)).isLessThan(Duration.ofSeconds(1));
        until(() -> orphans.stream().noneMatch(ProcessHandle::isAlive));
    }

    private String tryToGet(String uri) {
        try {
            return get(uri).text();
        } catch (PhpException e) {
            return e.reason().name();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "function f($n) { return $n === 0 ? 0 : 1 + f($n - 1); } echo f(60000);",
                "class G { public $n = 0; function __get($x) { return ++$this->n < 60000 ? $this->{'p' . $this->n} : 60000; } }"
                        + " echo (new G)->x;",
                "function u($n) { if ($n) { $a = [1, 2]; usort($a, fn($x, $y) => u($n - 1)); } return 0; } u(60000); echo 60000;",
                "$a = []; for ($i = 0; $i < 60000; $i++) { $a = [$a]; } echo strlen(serialize($a)) > 60000 ? 60000 : 0;",
                "$a = []; for ($i = 0; $i < 60000; $i++) { $a = [$a]; } unset($a); echo 60000;",
                "$s = ''; for ($i = 0; $i < 60000; $i++) { $s .= 'a:1:{i:0;'; } echo @unserialize($s . 'i:1;' . str_repeat('}',"
                        + " 60000), ['max_depth' => 0]) ? 60000 : 0;",
                "function m($n) { return $n ? array_map('m', [$n - 1])[0] : 60000; } echo m(60000);",
                "class S { public $n; function __toString() { return $this->n ? (string) new S2($this->n) : '60000'; } }"
                        + " class S2 extends S { function __construct($n) { $this->n = $n - 1; } } $s = new S; $s->n = 60000; echo $s;"
            })
    void recursesDeep(String code) {
        Answer answer = run("deep" + Integer.toHexString(code.hashCode()) + ".php", "<?php " + code);
        assertThat(answer.text()).isEqualTo("60000");
    }

    @Test
    void survivesEndlessRecursion() {
        script("endless.php", "<?php class G { function __get($x) { return $this->{$x . 'x'}; } } echo (new G)->x;");
        script("fine.php", "<?php echo 'fine';");
        for (int i = 0; i < 4; i++) {
            String outcome = tryToGet("/endless.php");
            assertThat(outcome).isIn("", "WORKER_DIED");
            assertThat(get("/fine.php").text()).isEqualTo("fine");
        }
        until(() -> engine.status().workers() == 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep(20);",
                "stream_socket_accept(stream_socket_server('tcp://127.0.0.1:0'), 20);",
                "usleep(20000000);",
                "flock($f = fopen(__FILE__, 'r'), LOCK_EX); flock(fopen(__FILE__, 'r'), LOCK_EX);"
            })
    void stopsAScriptThatWaitsTooLong(String code) {
        PhpTenant hasty = tenant("hasty.test", Duration.ofSeconds(1), List.of());
        script(hasty, "wait.php", "<?php set_time_limit(0); " + code);
        assertTimedOut(hasty, "/wait.php");
        script("fine.php", "<?php echo 'fine';");
        assertThat(get("/fine.php").text()).isEqualTo("fine");
        until(() -> engine.status().workers() == 2 && engine.status().busy() == 0);
    }

    @Test
    void runsShutdownFunctionsOfAScriptOutOfTime() {
        PhpTenant hasty = tenant("hasty.test", Duration.ofSeconds(1), List.of());
        Path result = hasty.directory().resolve("shut");
        script(
                hasty,
                "shut.php",
                "<?php register_shutdown_function(fn() => file_put_contents(__DIR__ . '/shut', 'down')); sleep(20);");
        assertTimedOut(hasty, "/shut.php");
        until(() -> Files.exists(result) && size(result) == 4);
        assertThat(text(hasty.errorLog())).contains("Maximum execution time");
    }

    @Test
    void givesWorkersNothingOfTheAppliance() throws IOException {
        assertThat(run(
                                "who-am-i.php",
                                "<?php echo posix_geteuid(), ' ', posix_getegid(), ' ', count(posix_getgroups());")
                        .text())
                .matches(isRoot() ? "[1-9]\\d* [1-9]\\d* \\d+" : ".*");
        assertThat(run(
                                "connect.php",
                                "<?php echo json_encode(@stream_socket_client('unix://" + home.resolve("run/php.sock")
                                        + "'));")
                        .text())
                .isEqualTo(isRoot() ? "false" : "{}");
        assertThat(run("fds.php", "<?php echo json_encode(@file_get_contents('php://stdin'));")
                        .text())
                .isEqualTo("\"\"");
    }

    /** curl resolves names on threads, PCRE compiles to machine code: both must get through the filter of system calls. */
    @Test
    void letsExtensionsUseThreadsAndGeneratedCode() {
        Answer answer = run(
                "extensions.php",
                "<?php $c = curl_init('http://localhost:1/'); curl_setopt($c, CURLOPT_RETURNTRANSFER, true); curl_exec($c);"
                        + " echo curl_errno($c), ' ', preg_match('/(a+)+b/', str_repeat('a', 20) . 'b'), ini_get('pcre.jit'), ' ',"
                        + " imagesx(imagecreatetruecolor(3, 3)), ' ', (new NumberFormatter('de', 1))->format(1.5), ' ',"
                        + " strlen(password_hash('x', PASSWORD_DEFAULT)), ' ', strlen(random_bytes(4));");
        assertThat(answer.text()).isEqualTo(CURLE_COULDNT_CONNECT + " 11 3 1,5 60 4");
    }

    private static final int CURLE_COULDNT_CONNECT = 7;

    @Test
    void refusesWhoDoesNotKnowTheToken() throws IOException {
        int workers = engine.status().workers();
        try (var channel = java.nio.channels.SocketChannel.open(
                java.net.UnixDomainSocketAddress.of(home.resolve("run/php.sock")))) {
            var hello = java.nio.ByteBuffer.allocate(8 + 32 + 12 + 3).order(java.nio.ByteOrder.LITTLE_ENDIAN);
            hello.putInt(47).put((byte) 1).put((byte) Frames.HELLO_FRAME).putShort((short) 0);
            hello.put(new byte[32])
                    .putInt(1)
                    .putInt(0)
                    .putInt(3)
                    .put("8.2".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            channel.write(hello.flip());
            assertThat(channel.read(java.nio.ByteBuffer.allocate(1))).isEqualTo(-1);
        }
        assertThat(engine.status().workers()).isEqualTo(workers);
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    static void signal(String signal, long pid) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
