package dev.ephpm.phpbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches a script. */
abstract class PhpRequestContract extends PhpEngineFixture {
    @Test
    void answersAGet() {
        script("hello.php", "<?php header('X-Two: 2'); echo 'hello ', $_GET['name'], ' ', PHP_SAPI;");
        Answer answer = get("/hello.php?name=ann");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("hello ann fpm-fcgi");
        assertThat(answer.header("X-Two")).isEqualTo("2");
        assertThat(answer.header("Content-type")).isEqualTo("text/html; charset=UTF-8");
        assertThat(answer.length()).isEqualTo(18);
    }

    @Test
    void passesAPostedForm() {
        script(
                "form.php",
                "<?php echo $_SERVER['REQUEST_METHOD'], json_encode($_POST), strlen(file_get_contents('php://input'));");
        Answer answer = send("POST", "/form.php", "application/x-www-form-urlencoded", "a=1&b%5B%5D=2");
        assertThat(answer.text()).isEqualTo("POST" + "{\"a\":\"1\",\"b\":[\"2\"]}13");
    }

    @Test
    void passesServerVariablesAndTheSitesEnvironment() {
        script(
                "server.php",
                "<?php echo $_SERVER['DB_NAME'], getenv('DB_NAME'), $_SERVER['HTTP_X_A'], $_SERVER['PHP_SELF'],"
                        + " getenv('PATH') === false ? 'none' : 'some', isset(getenv()['DB_NAME']), count($_ENV),"
                        + " filter_input(INPUT_SERVER, 'HTTP_X_A'), is_float($_SERVER['REQUEST_TIME_FLOAT']);");
        Answer answer = get("/server.php", Map.of("HTTP_X_A", "b"));
        assertThat(answer.text()).isEqualTo("wordwordb/server.phpnone10b1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "OPTIONS", "POST", "PROPFIND"})
    void givesTheBodyOfAnyMethod(String method) {
        script("input.php", "<?php echo $_SERVER['REQUEST_METHOD'], file_get_contents('php://input'), count($_POST);");
        assertThat(send(method, "/input.php", "application/json", "{\"a\":1}").text())
                .isEqualTo(method + "{\"a\":1}0");
    }

    @Test
    void carriesALargeBodyUnchanged() {
        byte[] body = new byte[8 * 1024 * 1024];
        new Random(7).nextBytes(body);
        script("digest.php", "<?php echo md5_file('php://input'), $_SERVER['CONTENT_LENGTH'] ?? '';");
        assertThat(send("PUT", "/digest.php", "application/octet-stream", body).text())
                .isEqualTo(md5(body));
    }

    @Test
    void takesABodyWithoutALength() {
        script("chunked.php", "<?php echo $_POST['a'], strlen($_POST['b']);");
        byte[] body = ("a=x&b=" + "y".repeat(200_000)).getBytes(StandardCharsets.UTF_8);
        Context context = vertx.getOrCreateContext();
        Answer answer = await(exchange(request(
                site,
                "POST",
                "/chunked.php",
                "application/x-www-form-urlencoded",
                -1,
                Map.of(),
                new ByteStream(context, body))));
        assertThat(answer.text()).isEqualTo("x200000");
    }

    @Test
    void leavesABodyNobodyReads() {
        script("ignore.php", "<?php echo 'done';");
        byte[] body = new byte[1024 * 1024];
        for (int i = 0; i < 5; i++) {
            assertThat(send("PUT", "/ignore.php", "text/plain", body).text()).isEqualTo("done");
        }
    }

    @Test
    void takesUploads() {
        script(
                "upload.php",
                "<?php $f = $_FILES['f']; echo $f['name'], $f['size'], $f['error'], $_POST['t'],"
                        + " is_uploaded_file($f['tmp_name']), dirname($f['tmp_name']) === ini_get('upload_tmp_dir'),"
                        + " move_uploaded_file($f['tmp_name'], __DIR__ . '/kept.txt'), file_get_contents(__DIR__ . '/kept.txt');");
        assertThat(upload("/upload.php", "hello").text()).isEqualTo("a.txt50v111hello");
    }

    @Test
    void saysWhenAnUploadIsTooLarge() {
        script("large.php", "<?php echo $_FILES['f']['error'], $_FILES['f']['size'], $_POST['t'];");
        assertThat(upload("/large.php", "x".repeat(3 * 1024 * 1024)).text()).isEqualTo(UPLOAD_ERR_INI_SIZE + "0v");
    }

    private static final String UPLOAD_ERR_INI_SIZE = "1";

    private Answer upload(String uri, String content) {
        String body = "--b\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nv\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\n" + content + "\r\n--b--\r\n";
        return send("POST", uri, "multipart/form-data; boundary=b", body);
    }

    @Test
    void refusesAFormLargerThanItsLimit() {
        script("limit.php", "<?php echo count($_POST), count($_FILES);");
        Answer answer =
                send("POST", "/limit.php", "application/x-www-form-urlencoded", "a=" + "x".repeat(9 * 1024 * 1024));
        assertThat(answer.text()).isEqualTo("00");
    }

    @Test
    void passesCookiesAndCredentialsOnce() {
        script(
                "who.php",
                "<?php echo $_COOKIE['c'] ?? '-', $_SERVER['PHP_AUTH_USER'] ?? '-', $_SERVER['PHP_AUTH_PW'] ?? '-';");
        String basic = "Basic " + Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8));
        assertThat(get("/who.php", Map.of("HTTP_COOKIE", "c=d", "HTTP_AUTHORIZATION", basic))
                        .text())
                .isEqualTo("dannsecret");
        for (int i = 0; i < 4; i++) {
            assertThat(get("/who.php").text()).isEqualTo("---");
        }
    }

    @Test
    void runsAHeadRequestWithoutItsBody() {
        script("head.php", "<?php header('X-A: b'); echo 'body';");
        Answer answer = await(exchange(request(site, "HEAD", "/head.php", null, -1, Map.of(), null)));
        assertThat(answer.header("X-A")).isEqualTo("b");
        assertThat(answer.body().length()).isZero();
        assertThat(answer.length()).isEqualTo(-1);
    }

    @Test
    void passesTextAsUtf8() {
        script(
                "bytes.php",
                "<?php echo bin2hex($_SERVER['HTTP_X_A']), bin2hex($_GET['q']); header('X-B: ' . \"\\xc3\\xa9\");");
        Answer answer = get("/bytes.php?q=%C3%A9", Map.of("HTTP_X_A", "\u00e9\u20ac"));
        assertThat(answer.text()).isEqualTo("c3a9e282ac" + "c3a9");
        assertThat(answer.header("X-B")).isEqualTo("\u00c3\u00a9");
    }

    @Test
    void knowsWhereItIs() {
        script("lib/part.php", "<?php return 'part';");
        script(
                "lib/where.php",
                "<?php echo getcwd() === __DIR__, include 'part.php', basename(get_included_files()[0]);");
        assertThat(get("/lib/where.php").text()).isEqualTo("1partwhere.php");
    }

    @Test
    void acceptsALongQueryAndManyVariables() {
        script("long.php", "<?php echo strlen($_SERVER['QUERY_STRING']), strlen($_SERVER['HTTP_X_LONG']);");
        Answer answer = get("/long.php?" + "q".repeat(4096), Map.of("HTTP_X_LONG", "v".repeat(60_000)));
        assertThat(answer.text()).isEqualTo("409660000");
    }

    static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void servesOnAfterClientsThatHungUpBeforeTheirTurn() {
        script("gone.php", "<?php echo strlen(file_get_contents('php://input'));");
        for (int i = 0; i < 6; i++) {
            await(exchange(request(site, "POST", "/gone.php", "text/plain", 5, Map.of(), new GoneStream()))
                    .otherwiseEmpty());
        }
        for (int i = 0; i < 4; i++) {
            assertThat(send("POST", "/gone.php", "text/plain", "12345").text()).isEqualTo("5");
        }
    }
}
