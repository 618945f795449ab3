package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What PHP sees of a request and what a client sees of PHP's answer. */
class HttpRequestsIT {
    private static final String HOST = "php.test";

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .set("php.ini_overrides", List.of(List.of("upload_max_filesize", "1M"), List.of("post_max_size", "6M")))
            .set("server.request.max_header_size", "16KB")
            .set("server.response.headers", List.of(List.of("X-Node", "e2e")))
            .site(
                    HOST,
                    site -> site.scripts("probe.php", "answer.php", "index.php")
                            .file("sub/index.php", "<?php echo 'sub index';")
                            .file(
                                    "sub/page.php",
                                    "<?php echo $_SERVER['SCRIPT_NAME'], '|', $_SERVER['PATH_INFO'] ?? '';")
                            .file("picture.txt", "file"));

    @Test
    void prettyUrlFallsBackToIndexPhp() {
        Probe probe = Probe.of(appliance.get(HOST, "/pretty/url?a=1"));
        assertThat(probe.get("SERVER.REQUEST_URI")).isEqualTo("/pretty/url?a=1");
        assertThat(probe.get("SERVER.QUERY_STRING")).isEqualTo("a=1");
        assertThat(probe.get("GET.a")).isEqualTo("1");
        assertThat(probe.get("SERVER.SCRIPT_NAME")).isEqualTo("/index.php");
        assertThat(probe.get("SERVER.SCRIPT_FILENAME"))
                .isEqualTo(appliance.siteDirectory(HOST).resolve("index.php").toString());
        assertThat(probe.get("SERVER.DOCUMENT_ROOT"))
                .isEqualTo(appliance.siteDirectory(HOST).toString());
    }

    @Test
    void serverVariablesAreThoseOfPhpFpm() {
        Probe probe = Probe.of(appliance.send(Call.get(HOST + ":8123", "/probe.php?x=%C3%A9&y[]=1&y[]=2")
                .header("User-Agent", "probe/1")
                .header("X-Two-Words", "yes")
                .header("Cookie", "c=1; d=a%20b")));
        assertThat(probe.get("SERVER.REQUEST_METHOD")).isEqualTo("GET");
        assertThat(probe.get("SERVER.SERVER_PROTOCOL")).isEqualTo("HTTP/1.1");
        assertThat(probe.get("SERVER.HTTP_HOST")).isEqualTo(HOST + ":8123");
        assertThat(probe.get("SERVER.SERVER_NAME")).isEqualTo(HOST);
        assertThat(probe.get("SERVER.HTTP_USER_AGENT")).isEqualTo("probe/1");
        assertThat(probe.get("SERVER.HTTP_X_TWO_WORDS")).isEqualTo("yes");
        assertThat(probe.get("SERVER.REMOTE_ADDR")).isEqualTo("127.0.0.1");
        assertThat(Integer.parseInt(probe.get("SERVER.REMOTE_PORT"))).isPositive();
        assertThat(probe.get("SERVER.REQUEST_SCHEME")).isEqualTo("http");
        assertThat(probe.get("SERVER.PHP_SELF")).isEqualTo("/probe.php");
        assertThat(probe.get("SERVER.GATEWAY_INTERFACE")).isEqualTo("CGI/1.1");
        assertThat(probe.get("SERVER.REQUEST_TIME")).isNotEmpty();
        assertThat(probe.get("GET.x")).isEqualTo("é");
        assertThat(probe.get("GET.y.1")).isEqualTo("2");
        assertThat(probe.get("COOKIE.d")).isEqualTo("a b");
        assertThat(probe.has("SERVER.HTTPS")).isFalse();
        assertThat(probe.get("sapi")).isEqualTo("fpm-fcgi");
    }

    @Test
    void fourKilobytesOfQueryArriveWhole() {
        String value = "q".repeat(4096);
        Probe probe = Probe.of(appliance.get(HOST, "/probe.php?v=" + value));
        assertThat(probe.get("GET.v")).isEqualTo(value);
        assertThat(probe.get("SERVER.QUERY_STRING")).isEqualTo("v=" + value);
    }

    @ParameterizedTest
    @CsvSource({
        "/sub/, sub index",
        "/sub/page.php, /sub/page.php|",
        "/sub/page.php/extra/path, /sub/page.php|/extra/path",
    })
    void scriptsAreFoundBelowDirectories(String target, String expected) {
        assertThat(appliance.page(HOST, target)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "POST"})
    void anyMethodReachesPhpWithItsBody(String method) {
        byte[] body = noise(5000);
        Probe probe = Probe.of(appliance.send(Call.of(method, HOST, "/probe.php")
                .header("Content-Type", "application/octet-stream")
                .body(body)));
        assertThat(probe.get("SERVER.REQUEST_METHOD")).isEqualTo(method);
        assertThat(probe.get("SERVER.CONTENT_LENGTH")).isEqualTo("5000");
        assertThat(probe.get("SERVER.CONTENT_TYPE")).isEqualTo("application/octet-stream");
        assertThat(probe.get("input.md5")).isEqualTo(md5(body));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 699, 700, 65_536, 1_048_577, 5_000_000})
    void chunkedBodyOfAnyLengthArrivesWhole(int length) {
        byte[] body = noise(length);
        Probe probe = Probe.of(appliance.send(Call.of("PUT", HOST, "/probe.php")
                .header("Content-Type", "text/plain")
                .body(body)
                .chunked()));
        assertThat(probe.get("input.length")).isEqualTo(String.valueOf(length));
        assertThat(probe.get("input.md5")).isEqualTo(md5(body));
    }

    @Test
    void formFillsPostAndInput() {
        Probe probe =
                Probe.of(appliance.send(Call.post(HOST, "/probe.php?q=1", Map.of("name", "Zoë & Co", "a[k]", "v"))));
        assertThat(probe.get("POST.name")).isEqualTo("Zoë & Co");
        assertThat(probe.get("POST.a.k")).isEqualTo("v");
        assertThat(probe.get("GET.q")).isEqualTo("1");
        assertThat(probe.get("input.text")).contains("name=Zo%C3%AB+%26+Co");
    }

    @Test
    void emptyPostIsNoError() {
        Probe probe = Probe.of(appliance.send(Call.of("POST", HOST, "/probe.php")));
        assertThat(probe.get("input.length")).isEqualTo("0");
        assertThat(probe.get("SERVER.CONTENT_LENGTH")).isEqualTo("0");
    }

    @Test
    void expectContinueIsAnsweredBeforeTheBody() {
        try (Wire wire = appliance.connect()) {
            wire.send("POST /probe.php HTTP/1.1\r\nHost: " + HOST
                    + "\r\nExpect: 100-continue\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\n");
            assertThat(new String(wire.some(), StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 100");
            assertThat(Probe.of(wire.send("abc").answer()).get("input.text")).isEqualTo("abc");
        }
    }

    @Test
    void multipartUploadFillsFiles() {
        byte[] content = noise(500_000);
        Multipart form = new Multipart()
                .field("title", "Ünïcode")
                .file("picture", "photo ä.jpg", "image/jpeg", content)
                .file("empty", "empty.txt", "text/plain", new byte[0]);
        Probe probe = Probe.of(appliance.send(form.call(HOST, "/probe.php")));
        assertThat(probe.get("POST.title")).isEqualTo("Ünïcode");
        assertThat(probe.get("FILES.picture.name")).isEqualTo("photo ä.jpg");
        assertThat(probe.get("FILES.picture.type")).isEqualTo("image/jpeg");
        assertThat(probe.get("FILES.picture.size")).isEqualTo("500000");
        assertThat(probe.get("FILES.picture.error")).isEqualTo("0");
        assertThat(probe.get("FILES.picture.md5")).isEqualTo(md5(content));
        assertThat(probe.get("FILES.picture.uploaded")).isEqualTo("yes");
        assertThat(probe.get("FILES.empty.size")).isEqualTo("0");
    }

    @Test
    void overLargeUploadSaysSo() {
        Multipart form = new Multipart().file("big", "big.bin", "application/octet-stream", noise(2_000_000));
        Probe probe = Probe.of(appliance.send(form.call(HOST, "/probe.php")));
        assertThat(probe.get("FILES.big.error")).isEqualTo("1");
        assertThat(probe.get("FILES.big.size")).isEqualTo("0");
    }

    @Test
    void uploadedFilesAreGoneAfterTheRequest() throws Exception {
        Multipart form = new Multipart().file("picture", "a.jpg", "image/jpeg", noise(100_000));
        Probe probe = Probe.of(appliance.send(form.call(HOST, "/probe.php")));
        assertThat(java.nio.file.Path.of(probe.get("FILES.picture.tmp_name"))).doesNotExist();
    }

    @Test
    void statusCookiesAndHeadersOfPhpArriveUnchanged() {
        Answer answer = appliance.get(HOST, "/answer.php?status=201&cookies=1");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers("Set-Cookie"))
                .hasSize(2)
                .anyMatch(cookie -> cookie.startsWith("first=1"))
                .anyMatch(cookie -> cookie.startsWith("second=2"));
        assertThat(answer.header("X-Custom")).contains("Custom: value, with commas");
        assertThat(answer.header("X-Node")).contains("e2e");
        assertThat(answer.header("Content-Type").orElse("")).startsWith("text/html");
        assertThat(answer.text()).isEqualTo("body");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204, 301, 304, 400, 401, 404, 418, 451, 500, 503, 599})
    void everyStatusOfPhpArrives(int status) {
        try (Wire wire = appliance.connect()) {
            Answer answer = wire.call(Call.get(HOST, "/answer.php?status=" + status));
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.header("X-Custom")).isPresent();
            // The connection stays in step whatever the status says about a body.
            wire.call(Call.get(HOST, "/picture.txt")).expect(200);
        }
    }

    @Test
    void headOnPhpRunsItAndSendsNoBody() {
        try (Wire wire = appliance.connect()) {
            Answer answer = wire.call(Call.of("HEAD", HOST, "/answer.php?status=200"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("X-Custom")).isPresent();
            assertThat(wire.call(Call.get(HOST, "/picture.txt")).text()).isEqualTo("file");
        }
    }

    @Test
    void locationOfPhpMeansARedirect() {
        Answer answer = appliance.get(HOST, "/answer.php?location=/elsewhere");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).contains("/elsewhere");
    }

    @Test
    void lengthSetByPhpIsKept() {
        assertThat(appliance.get(HOST, "/answer.php?length=4").expect(200).header("Content-Length"))
                .contains("4");
    }

    @Test
    void headersCannotBeSplit() {
        Answer answer = appliance.get(HOST, "/answer.php?inject=1");
        assertThat(answer.headers("X-Injected")).isEmpty();
    }

    @Test
    void phpTextIsCompressedOnlyWhenAccepted() {
        Answer zipped = appliance.send(Call.get(HOST, "/answer.php?long=1").header("Accept-Encoding", "gzip"));
        assertThat(zipped.header("Content-Encoding")).contains("gzip");
        assertThat(new String(zipped.gunzipped(), StandardCharsets.UTF_8)).isEqualTo("0123456789".repeat(1000));
        Answer plain = appliance.get(HOST, "/answer.php?long=1");
        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(plain.text()).isEqualTo("0123456789".repeat(1000));
    }

    @Test
    void basicCredentialsReachPhp() {
        Probe probe = Probe.of(appliance.send(Call.get(HOST, "/probe.php").header("Authorization", "Basic YTpi")));
        assertThat(probe.get("SERVER.PHP_AUTH_USER")).isEqualTo("a");
        assertThat(probe.get("SERVER.PHP_AUTH_PW")).isEqualTo("b");
        Probe without = Probe.of(appliance.get(HOST, "/probe.php"));
        assertThat(without.has("SERVER.PHP_AUTH_USER")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Proxy", "proxy", "PROXY"})
    void proxyHeaderNeverBecomesAVariable(String name) {
        Probe probe = Probe.of(appliance.send(Call.get(HOST, "/probe.php").header(name, "http://evil")));
        assertThat(probe.has("SERVER.HTTP_PROXY")).isFalse();
        assertThat(probe.get("getenv.HTTP_PROXY")).isEqualTo("(none)");
    }

    @Test
    void headersWithUnderscoresDoNotSpoofOthers() {
        Probe probe = Probe.of(appliance.send(
                Call.get(HOST, "/probe.php").header("X-Real", "true one").header("X_Real", "spoofed")));
        assertThat(probe.get("SERVER.HTTP_X_REAL")).isEqualTo("true one");
    }

    @Test
    void forwardedHeadersOfStrangersDoNotCount() {
        Probe probe = Probe.of(appliance.send(Call.get(HOST, "/probe.php")
                .header("X-Forwarded-For", "203.0.113.9")
                .header("X-Forwarded-Proto", "https")));
        assertThat(probe.get("SERVER.REMOTE_ADDR")).isEqualTo("127.0.0.1");
        assertThat(probe.has("SERVER.HTTPS")).isFalse();
    }

    static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static String md5(byte[] bytes) {
        try {
            return String.format(
                    "%032x", new BigInteger(1, MessageDigest.getInstance("MD5").digest(bytes)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
