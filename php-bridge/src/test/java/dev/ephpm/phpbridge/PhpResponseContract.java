package dev.ephpm.phpbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leaves a script, and when. */
abstract class PhpResponseContract extends PhpRequestContract {
    @Test
    void keepsStatusAndRepeatedHeaders() {
        Answer answer = run(
                "headers.php",
                "<?php http_response_code(201); setcookie('a', '1'); setcookie('b', '2'); header('X-C: d, e'); echo 1;");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.all("Set-Cookie")).containsExactly("a=1", "b=2");
        assertThat(answer.header("X-C")).isEqualTo("d, e");
    }

    @ParameterizedTest
    @CsvSource({
        "header('Location: /x');, 302",
        "header('Status: 404 Not Found');, 404",
        "header('HTTP/1.1 410 Gone');, 410",
        "http_response_code(204);, 204",
        "http_response_code(304);, 304",
        "header('X-A: b');, 200"
    })
    void setsTheStatus(String code, int status) {
        Answer answer = run("status" + status + ".php", "<?php " + code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(get("/status200.php").status()).isIn(200, 404, 500);
        if (status == 304) {
            assertThat(answer.header("Content-Type")).isNull();
        }
    }

    @Test
    void startsEachRequestWithStatus200() {
        script("plain.php", "<?php echo http_response_code();");
        run("teapot.php", "<?php http_response_code(418);");
        for (int i = 0; i < 4; i++) {
            assertThat(get("/plain.php").text()).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "undefined_function();",
        "throw new Exception('x');",
        "trigger_error('x'@ E_USER_ERROR);",
        "$a = []; while (true) { $a[] = str_repeat('x'@ 1000000); }",
        "eval('class A { abstract function f(); }');",
        "echo 'before'; undefined_function();",
        "require 'absent.php';"
    })
    void answersAFatalErrorWith500(String code) {
        Answer answer = run("fatal" + Integer.toHexString(code.hashCode()) + ".php", "<?php " + code.replace('@', ','));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.outcome().fatal()).isTrue();
        assertThat(run("after.php", "<?php echo 'fine';").text()).isEqualTo("fine");
        assertThat(get("/after.php").outcome().fatal()).isFalse();
    }

    @Test
    void answersAParseErrorWith500() {
        assertThat(run("parse.php", "<?php this is not php").status()).isEqualTo(500);
        assertThat(run("parse2.php", "<?php echo (;").text()).isEmpty();
    }

    @Test
    void breaksAResponseThatTurnsFatalInTheMiddle() {
        script("middle.php", "<?php echo 'part'; flush(); ob_flush(); flush(); undefined_function();");
        assertThatThrownBy(() -> get("/middle.php"))
                .isInstanceOf(PhpException.class)
                .hasMessageContaining("after part of its output");
    }

    @Test
    void writesErrorsToTheSitesLog() throws IOException {
        run("logged.php", "<?php error_log('a word'); trigger_error('careful', E_USER_WARNING);");
        assertThat(Files.readString(site.errorLog())).contains("a word").contains("PHP Warning:  careful in ");
    }

    @Test
    void sendsFlushedOutputAtOnce() throws IOException {
        Path go = site.directory().resolve("go");
        script(
                "flush.php",
                "<?php echo 'first'; ob_flush(); flush(); while (!file_exists('go')) { usleep(1000); clearstatcache(); }"
                        + " echo 'second';");
        Promise<Buffer> first = Promise.promise();
        Buffer all = Buffer.buffer();
        PhpResponse response = await(engine.execute(request(site, "GET", "/flush.php", null, -1, Map.of(), null)));
        response.body().handler(part -> first.tryComplete(all.appendBuffer(part).copy()));
        response.body().resume();
        assertThat(await(first.future()).toString()).isEqualTo("first");
        assertThat(response.outcome().isComplete()).isFalse();
        Files.createFile(go);
        await(response.outcome());
        assertThat(all.toString()).isEqualTo("firstsecond");
        assertThat(response.length()).isEqualTo(-1);
        Files.delete(go);
    }

    @Test
    void streamsALargeBody() {
        script(
                "big.php",
                "<?php $part = str_repeat('0123456789abcdef', 6250); for ($i = 0; $i < 200; $i++) { echo $part; }");
        Answer answer = get("/big.php");
        assertThat(answer.body().length()).isEqualTo(20_000_000);
        assertThat(answer.outcome().bytes()).isEqualTo(20_000_000);
        assertThat(md5(answer.body().getBytes()))
                .isEqualTo(md5("0123456789abcdef".repeat(1_250_000).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void holdsTheScriptWhileTheClientIsSlow() throws IOException {
        Path progress = site.directory().resolve("progress");
        script(
                "slow.php",
                "<?php $part = str_repeat('x', 100000); for ($i = 0; $i < 500; $i++) { echo $part; flush();"
                        + " file_put_contents('progress', '.', FILE_APPEND); }");
        PhpResponse response = await(engine.execute(request(site, "GET", "/slow.php", null, -1, Map.of(), null)));
        until(() -> Files.exists(progress));
        assertThat(settled(progress)).isLessThan(100);
        Answer answer = await(collect(response));
        assertThat(answer.body().length()).isEqualTo(50_000_000);
        assertThat(size(progress)).isEqualTo(500);
        Files.delete(progress);
    }

    /** The size once it has stopped growing. */
    private static long settled(Path file) {
        long size = size(file);
        long quietSince = System.nanoTime();
        while (System.nanoTime() - quietSince < 300_000_000L) {
            if (size(file) != size) {
                size = size(file);
                quietSince = System.nanoTime();
            }
            Thread.onSpinWait();
        }
        return size;
    }

    @Test
    void tellsTheScriptThatItsClientIsGone() {
        Path result = site.directory().resolve("gone-result");
        script(
                "gone.php",
                "<?php register_shutdown_function(function () { file_put_contents(__DIR__ . '/gone-result',"
                        + " connection_status() . connection_aborted() . $GLOBALS['i']); });"
                        + " for ($i = 0; $i < 100000; $i++) { echo str_repeat('x', 1000); ob_flush(); flush(); }");
        PhpResponse response = await(engine.execute(request(site, "GET", "/gone.php", null, -1, Map.of(), null)));
        response.abandon();
        until(() -> Files.exists(result) && size(result) > 2);
        assertThat(text(result)).startsWith("11");
        assertThat(Long.parseLong(text(result).substring(2))).isLessThan(100_000);
    }

    @Test
    void letsAScriptIgnoreThatItsClientIsGone() {
        Path result = site.directory().resolve("stays-result");
        script(
                "stays.php",
                "<?php ignore_user_abort(true); for ($i = 0; $i < 3000; $i++) { echo str_repeat('x', 1000); ob_flush();"
                        + " flush(); } file_put_contents('stays-result', connection_aborted() . $i);");
        PhpResponse response = await(engine.execute(request(site, "GET", "/stays.php", null, -1, Map.of(), null)));
        response.abandon();
        until(() -> Files.exists(result) && size(result) > 3);
        assertThat(text(result)).isEqualTo("13000");
    }

    @Test
    void finishesTheResponseBeforeTheScript() throws IOException {
        Path go = site.directory().resolve("go-on");
        Path result = site.directory().resolve("finished-result");
        script(
                "finish.php",
                "<?php echo 'answer'; echo fastcgi_finish_request() ? '' : 'never'; while (!file_exists('go-on')) {"
                        + " usleep(1000); clearstatcache(); } echo 'dropped'; flush();"
                        + " file_put_contents('finished-result', 'later' . (fastcgi_finish_request() ? 1 : 0));");
        Answer answer = get("/finish.php");
        assertThat(answer.text()).isEqualTo("answer");
        assertThat(answer.length()).isEqualTo(6);
        Files.createFile(go);
        until(() -> Files.exists(result) && size(result) > 4);
        assertThat(text(result)).isEqualTo("later0");
        Files.delete(go);
    }

    @ParameterizedTest
    @CsvSource({
        "echo 'a'; exit('x'); echo 'b';| ax",
        "register_shutdown_function(function () { echo 'end'; }); echo 'a'; exit;| aend",
        "ob_start(); echo 'open';| open",
        "ob_start(fn($b) => strtoupper($b)); echo 'up';| UP",
        "class D { function __destruct() { echo 'd'; } } $d = new D; echo 'a';| ad",
        "echo 'a'; flush(); header('X-Late: 1'); echo headers_sent() ? 'sent' : 'not';| asent",
        "echo 'a'; echo connection_status();| a0"
    })
    void endsLikeUnderPhpFpm(String row) {
        String[] parts = row.split("\\| ");
        Answer answer = run("end" + Integer.toHexString(row.hashCode()) + ".php", "<?php " + parts[0]);
        assertThat(answer.text()).isEqualTo(parts[1]);
        assertThat(answer.header("X-Late")).isNull();
    }

    @Test
    void servesManyAtOnce() {
        script("many.php", "<?php echo str_repeat($_GET['n'], 100);");
        AtomicInteger good = new AtomicInteger();
        var all = java.util.stream.IntStream.range(0, 60)
                .mapToObj(i -> exchange(request(site, "GET", "/many.php?n=" + i, null, -1, Map.of(), null))
                        .onSuccess(answer -> {
                            if (answer.text().equals(Integer.toString(i).repeat(100))) {
                                good.incrementAndGet();
                            }
                        }))
                .toList();
        await(io.vertx.core.Future.all(all));
        assertThat(good).hasValue(60);
    }

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE);
            }
            Thread.onSpinWait();
        }
    }

    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
