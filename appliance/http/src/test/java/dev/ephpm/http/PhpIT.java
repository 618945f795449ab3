package dev.ephpm.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.config.DataSize;
import dev.ephpm.config.ResponseConfig;
import dev.ephpm.phpbridge.PhpException;
import dev.ephpm.phpbridge.PhpRequest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhpIT {
    @TempDir
    Path directory;

    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer(Configs.DEFAULTS, directory);
        server.file("index.php", "<?php");
        server.file("run.php", "<?php");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Map<String, String> variablesOf(String... headers) {
        server.get("/run.php?x=1&y=%20", headers);
        return server.php.requests().getLast().serverVariables();
    }

    @Test
    void prettyUrlsReachTheFrontController() {
        assertThat(server.get("/pretty/url?a=1").text()).isEqualTo("ran /index.php");
        PhpRequest request = server.php.requests().getLast();
        assertThat(request.script()).isEqualTo(server.root.resolve("index.php"));
        assertThat(request.queryString()).isEqualTo("a=1");
        assertThat(request.serverVariables())
                .containsEntry("REQUEST_URI", "/pretty/url?a=1")
                .containsEntry("QUERY_STRING", "a=1")
                .containsEntry("SCRIPT_NAME", "/index.php")
                .containsEntry("PHP_SELF", "/index.php")
                .containsEntry(
                        "SCRIPT_FILENAME", server.root.resolve("index.php").toString())
                .doesNotContainKey("PATH_INFO");
        assertThat(server.get("/").text()).isEqualTo("ran /index.php");
    }

    @Test
    void theQueryTemplateIsFilledPerRequestAlsoWhenCached() {
        server.close();
        server = new TestServer(Configs.fallback("$uri", "/front.php?route=$uri&$query_string"), directory);
        server.file("front.php", "<?php");
        for (String query : List.of("a=1", "a=2")) {
            server.get("/some/page?" + query);
            assertThat(server.php.requests().getLast().queryString()).isEqualTo("route=/some/page&" + query);
        }
    }

    @Test
    void serverVariablesAreThoseOfFastCgi() {
        Map<String, String> variables =
                variablesOf("User-Agent: test", "X-Two: a", "X-Two: b", "Cookie: a=1", "Cookie: b=2");
        assertThat(variables)
                .containsEntry("GATEWAY_INTERFACE", "CGI/1.1")
                .containsEntry("SERVER_PROTOCOL", "HTTP/1.1")
                .containsEntry("SERVER_SOFTWARE", "ephpm")
                .containsEntry("SERVER_NAME", "a.test")
                .containsEntry("SERVER_PORT", Integer.toString(server.port()))
                .containsEntry("SERVER_ADDR", "127.0.0.1")
                .containsEntry("REMOTE_ADDR", "127.0.0.1")
                .containsEntry("REQUEST_METHOD", "GET")
                .containsEntry("REQUEST_SCHEME", "http")
                .containsEntry("REDIRECT_STATUS", "200")
                .containsEntry("DOCUMENT_ROOT", server.root.toString())
                .containsEntry("REQUEST_URI", "/run.php?x=1&y=%20")
                .containsEntry("HTTP_HOST", "a.test")
                .containsEntry("HTTP_USER_AGENT", "test")
                .containsEntry("HTTP_X_TWO", "a, b")
                .containsEntry("HTTP_COOKIE", "a=1; b=2")
                .doesNotContainKeys("HTTPS", "HTTP_CONTENT_LENGTH", "REQUEST_TIME");
        assertThat(server.php.requests().getLast().cookie()).isEqualTo("a=1; b=2");
    }

    @Test
    void dangerousHeadersDoNotBecomeVariables() {
        Map<String, String> variables =
                variablesOf("Proxy: http://evil", "X_Forwarded_For: 1.2.3.4", "X-Real_Ip: 1.2.3.4", "X.Dot: x");
        assertThat(variables.keySet())
                .noneMatch(name -> name.equals("HTTP_PROXY")
                        || name.startsWith("HTTP_X_FORWARDED")
                        || name.startsWith("HTTP_X_REAL")
                        || name.contains("DOT"));
    }

    @Test
    void forwardedHeadersFromStrangersDoNotCount() {
        Map<String, String> variables =
                variablesOf("X-Forwarded-For: 9.9.9.9", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.test");
        assertThat(variables)
                .containsEntry("REMOTE_ADDR", "127.0.0.1")
                .containsEntry("REQUEST_SCHEME", "http")
                .containsEntry("HTTP_HOST", "a.test")
                .doesNotContainKey("HTTPS");
    }

    @Test
    void forwardedHeadersFromTrustedProxiesCountFromRightToLeft() {
        server.close();
        server = new TestServer(Configs.trustedProxies("127.0.0.0/8", "10.0.0.0/8"), directory);
        server.file("run.php", "<?php");
        Map<String, String> variables = variablesOf(
                "X-Forwarded-For: 6.6.6.6, 9.9.9.9", "X-Forwarded-For: 10.0.0.1", "X-Forwarded-Proto: https");
        assertThat(variables)
                .containsEntry("REMOTE_ADDR", "9.9.9.9")
                .containsEntry("HTTPS", "on")
                .containsEntry("SERVER_PORT", "443")
                .containsEntry("REQUEST_SCHEME", "https");
        assertThat(variablesOf("X-Forwarded-For: 6.6.6.6, garbage, 10.0.0.1")).containsEntry("REMOTE_ADDR", "10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"})
    void methodsAndBodiesArriveAsSent(String method) {
        server.php.script("/run.php", FakePhp.ECHO);
        try (Wire wire = server.connect()) {
            wire.send(method
                    + " /run.php HTTP/1.1\r\nHost: a.test\r\nContent-Type: text/x\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(wire.answer().text()).isEqualTo("hello");
            wire.send(
                    method
                            + " /run.php HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");
            assertThat(wire.answer().text()).isEqualTo("hello");
        }
        for (PhpRequest request : server.php.requests()) {
            assertThat(request.method()).isEqualTo(method);
            assertThat(request.contentLength()).isEqualTo(5);
            assertThat(request.serverVariables()).containsEntry("CONTENT_LENGTH", "5");
        }
        assertThat(server.php.requests().getFirst().contentType()).isEqualTo("text/x");
    }

    @Test
    void largeBodiesStreamBothWays() {
        server.close();
        server = new TestServer(Configs.maxBody(0), directory);
        server.file("run.php", "<?php");
        server.php.script("/run.php", FakePhp.ECHO);
        byte[] body = new byte[3_000_000];
        new java.util.Random(3).nextBytes(body);
        try (Wire wire = server.connect()) {
            wire.send("POST /run.php HTTP/1.1\r\nHost: a.test\r\nContent-Length: " + body.length + "\r\n\r\n");
            wire.send(body);
            assertThat(wire.answer().body()).isEqualTo(body);
            wire.send("POST /run.php HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(body.length) + "\r\n");
            wire.send(body).send("\r\n0\r\n\r\n");
            assertThat(wire.answer().body()).isEqualTo(body);
        }
    }

    @Test
    void anOversizedBodyIs413AndPhpNeverRuns() {
        server.close();
        server = new TestServer(Configs.maxBody(1024), directory);
        server.file("run.php", "<?php");
        try (Wire wire = server.connect()) {
            wire.send("POST /run.php HTTP/1.1\r\nHost: a.test\r\nContent-Length: 2048\r\n\r\n" + "x".repeat(2048));
            assertThat(wire.answer().status()).isEqualTo(413);
            assertThat(wire.rest()).isEmpty();
        }
        try (Wire wire = server.connect()) {
            wire.send("POST /run.php HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n"
                    + "x".repeat(2048) + "\r\n0\r\n\r\n");
            assertThat(wire.answer().status()).isEqualTo(413);
        }
        try (Wire wire = server.connect()) {
            wire.send(
                    "POST /run.php HTTP/1.1\r\nHost: a.test\r\nContent-Length: 999999999999\r\nExpect: 100-continue\r\n\r\n");
            assertThat(wire.answer().status()).isEqualTo(413);
        }
        assertThat(server.php.runs()).isZero();
        assertThat(server.get("/run.php").status()).isEqualTo(200);
    }

    @Test
    void aClientThatWaitsIsToldToContinue() {
        server.php.script("/run.php", FakePhp.ECHO);
        try (Wire wire = server.connect()) {
            wire.send("POST /run.php HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(wire.answer().status()).isEqualTo(100);
            wire.send("hello");
            assertThat(wire.answer().text()).isEqualTo("hello");
            wire.send("POST /run.php HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\nExpect: miracles\r\n\r\nhello");
            assertThat(wire.answer().status()).isEqualTo(417);
        }
    }

    @Test
    void statusCookiesAndHeadersArriveUnchanged() {
        server.php.script("/run.php", (request, response, answer) -> {
            response.status(201);
            response.header("Set-Cookie", "a=1; path=/");
            response.header("Set-Cookie", "b=2");
            response.header("X-Custom", "Wert");
            response.header("Content-Type", "text/x-test");
            response.header("Connection", "close");
            response.header("Transfer-Encoding", "chunked");
            response.header("Status", "500");
            response.header("X-Bad", "a\r\nInjected: yes");
            response.write(Buffer.buffer("made"));
            response.end(false);
            answer.complete(response);
        });
        try (Wire wire = server.connect()) {
            for (int i = 0; i < 2; i++) {
                Answer answer = wire.send("GET /run.php HTTP/1.1\r\nHost: a.test\r\n\r\n")
                        .answer();
                assertThat(answer.status()).isEqualTo(201);
                assertThat(answer.headers("set-cookie")).containsExactly("a=1; path=/", "b=2");
                assertThat(answer.header("x-custom")).isEqualTo("Wert");
                assertThat(answer.header("content-length")).isEqualTo("4");
                assertThat(answer.headers("connection")).isEmpty();
                assertThat(answer.headers("injected")).isEmpty();
            }
        }
    }

    @Test
    void configuredHeadersAreOnEverythingAndDoNotDoublePhps() {
        server.close();
        server = new TestServer(
                Configs.response(new ResponseConfig(
                        true,
                        1,
                        new DataSize(1024),
                        List.of(
                                new ResponseConfig.Header("X-Frame-Options", "DENY"),
                                new ResponseConfig.Header("X-A", "1"),
                                new ResponseConfig.Header("X-A", "2")),
                        "")),
                directory);
        server.file("run.php", "");
        server.file("a.txt", "a");
        server.php.page("/run.php", 200, Map.of("x-frame-options", "SAMEORIGIN"), "x");
        assertThat(server.get("/run.php").headers("x-frame-options")).containsExactly("SAMEORIGIN");
        assertThat(server.get("/a.txt").headers("x-frame-options")).containsExactly("DENY");
        assertThat(server.get("/a.txt").headers("x-a")).containsExactly("1", "2");
        assertThat(server.get("/a.txt").header("server")).isNull();
        assertThat(server.get("/missing/x.html").headers("x-frame-options")).containsExactly("DENY");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 304, 401, 404, 418, 500, 599})
    void theConnectionStaysInStepWhateverTheStatus(int status) {
        server.php.page("/run.php", status, Map.of("X-Custom", "x"), "");
        try (Wire wire = server.connect()) {
            for (int i = 0; i < 3; i++) {
                Answer answer = wire.send("GET /run.php HTTP/1.1\r\nHost: a.test\r\n\r\n")
                        .answer();
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.header("x-custom")).isEqualTo("x");
                boolean bodyless = status == 204 || status == 304;
                assertThat(answer.header("content-length")).isEqualTo(bodyless ? null : "0");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"OVERLOADED,503", "TIMED_OUT,504", "WORKER_DIED,502", "UNAVAILABLE,503", "TOO_LARGE,431"})
    void enginesFailuresHaveTheirStatus(PhpException.Reason reason, int status) {
        server.php.failing("/run.php", reason);
        try (Wire wire = server.connect()) {
            for (int i = 0; i < 2; i++) {
                Answer answer = wire.send("GET /run.php HTTP/1.1\r\nHost: a.test\r\n\r\n")
                        .answer();
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.header("retry-after")).isEqualTo(status == 503 ? "1" : null);
            }
        }
    }

    @Test
    void outputArrivesBeforeTheScriptEnds() {
        AtomicReference<FakeResponse> running = stream();
        try (Wire wire = server.connect()) {
            wire.send("GET /run.php HTTP/1.1\r\nHost: a.test\r\n\r\n");
            String seen = readUntil(wire, "first");
            assertThat(seen).contains("transfer-encoding: chunked");
            FakeResponse response = running.get();
            response.later(() -> {
                response.write(Buffer.buffer("second"));
                response.end(false);
            });
            readUntil(wire, "0\r\n\r\n");
        }
    }

    private AtomicReference<FakeResponse> stream() {
        AtomicReference<FakeResponse> running = new AtomicReference<>();
        server.php.script("/run.php", (request, response, answer) -> {
            running.set(response);
            response.header("Content-Type", "text/html; charset=UTF-8");
            response.write(Buffer.buffer("first"));
            answer.complete(response);
        });
        return running;
    }

    private static String readUntil(Wire wire, String end) {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(end) < 0) {
            int b = wire.read();
            assertThat(b).as("connection ended after: " + seen).isNotNegative();
            seen.append((char) b);
        }
        return seen.toString();
    }

    @Test
    void compressedOutputArrivesBeforeTheScriptEndsToo() throws IOException {
        AtomicReference<FakeResponse> running = stream();
        try (Wire wire = server.connect()) {
            wire.send("GET /run.php HTTP/1.1\r\nHost: a.test\r\nAccept-Encoding: gzip\r\n\r\n");
            String head = readUntil(wire, "\r\n\r\n");
            assertThat(head).contains("content-encoding: gzip").contains("Accept-Encoding");
            // The first chunk is complete before the script goes on.
            int size = Integer.parseInt(readUntil(wire, "\r\n").trim(), 16);
            assertThat(size).isPositive();
            FakeResponse response = running.get();
            response.later(() -> {
                response.write(Buffer.buffer("second"));
                response.end(false);
            });
            String rest = readUntil(wire, "\r\n0\r\n\r\n");
            byte[] first = rest.substring(0, size).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            byte[] start = new byte[5];
            try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(first))) {
                assertThat(plain.readNBytes(start, 0, 5)).isLessThanOrEqualTo(5);
            } catch (java.io.EOFException header) {
                // Only the header of the stream fitted into the first chunk.
                assertThat(size).isLessThan(30);
            }
        }
    }

    @Test
    void pagesAreCompressedWhole() throws IOException {
        String page = "<p>Hello, world.</p>".repeat(500);
        server.php.page("/run.php", 200, Map.of("Content-Type", "text/html", "ETag", "\"x\"", "Vary", "Cookie"), page);
        Answer answer = server.get("/run.php", "Accept-Encoding: gzip");
        assertThat(answer.header("content-encoding")).isEqualTo("gzip");
        assertThat(answer.header("etag")).isEqualTo("W/\"x\"");
        assertThat(answer.header("vary")).isEqualTo("Cookie, Accept-Encoding");
        assertThat(answer.header("content-length")).isEqualTo(Integer.toString(answer.body().length));
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(plain.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(page);
        }
        assertThat(server.get("/run.php").text()).isEqualTo(page);
        assertThat(server.get("/run.php", "Accept-Encoding: gzip;q=0, identity").header("content-encoding"))
                .isNull();
    }

    @Test
    void aFinishedPageThatArrivesInPiecesIsCompressedInOne() throws IOException {
        server.php.script("/run.php", (request, response, answer) -> {
            response.header("Content-Type", "text/html");
            response.length(200_000);
            answer.complete(response);
            for (int i = 1; i <= 20; i++) {
                Objects.requireNonNull(Vertx.currentContext()).owner().setTimer(i, timer -> {
                    response.write(Buffer.buffer("0123456789".repeat(1000)));
                    if (response.bytes() == 200_000) {
                        response.end(false);
                    }
                });
            }
        });
        Answer answer = server.get("/run.php", "Accept-Encoding: gzip");
        assertThat(answer.header("content-length")).isEqualTo(Integer.toString(answer.body().length));
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(plain.readAllBytes()).hasSize(200_000);
        }
        Answer identity = server.get("/run.php");
        assertThat(identity.header("content-length")).isEqualTo("200000");
        assertThat(identity.body()).hasSize(200_000);
    }

    @Test
    void whatIsEncodedOrSmallOrNoTextStays() {
        String large = "x".repeat(5000);
        server.php.page("/run.php", 200, Map.of("Content-Type", "text/html", "Content-Encoding", "gzip"), large);
        assertThat(server.get("/run.php", "Accept-Encoding: gzip, br").text()).isEqualTo(large);
        server.php.page("/run.php", 200, Map.of("Content-Type", "image/png"), large);
        assertThat(server.get("/run.php", "Accept-Encoding: gzip").text()).isEqualTo(large);
        server.php.page("/run.php", 200, Map.of("Content-Type", "text/html"), "small");
        assertThat(server.get("/run.php", "Accept-Encoding: gzip").text()).isEqualTo("small");
        server.php.page("/run.php", 304, Map.of("Content-Type", "text/html", "ETag", "\"x\""), "");
        assertThat(server.get("/run.php", "Accept-Encoding: gzip").header("content-encoding"))
                .isNull();
    }

    @Test
    void headRunsTheScriptAndSendsNoBody() {
        server.php.page(
                "/run.php", 200, Map.of("Content-Type", "text/html", "Content-Length", "5000"), "x".repeat(5000));
        try (Wire wire = server.connect()) {
            Answer head =
                    wire.send("HEAD /run.php HTTP/1.1\r\nHost: a.test\r\n\r\n").answer(true);
            assertThat(head.header("content-length")).isEqualTo("5000");
            assertThat(head.header("vary")).isEqualToIgnoringCase("Accept-Encoding");
            Answer compressed = wire.send("HEAD /run.php HTTP/1.1\r\nHost: a.test\r\nAccept-Encoding: gzip\r\n\r\n")
                    .answer(true);
            // A GET would be compressed to a length nobody knows yet.
            assertThat(compressed.header("content-length")).isNull();
            assertThat(wire.send("GET /run.php HTTP/1.1\r\nHost: a.test\r\n\r\n")
                            .answer()
                            .body())
                    .hasSize(5000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "zstd"})
    void anyCodingCanBeStreamedAndHeavyWorkLeavesTheLoop(String coding) throws IOException {
        server.close();
        server = new TestServer(
                Configs.response(new ResponseConfig(true, 9, new DataSize(1024), List.of(), "ephpm")), directory);
        server.file("run.php", "");
        String page = "<p>Hello, world.</p>".repeat(20_000);
        for (long declared : new long[] {-1, page.length()}) {
            server.php.script("/run.php", (request, response, answer) -> {
                response.header("Content-Type", "text/html");
                response.length(declared);
                for (int i = 0; i < 20; i++) {
                    response.write(Buffer.buffer(page.substring(i * 20_000, (i + 1) * 20_000)));
                }
                response.end(false);
                answer.complete(response);
            });
            Answer answer = server.get("/run.php", "Accept-Encoding: " + coding);
            assertThat(answer.header("content-encoding")).isEqualTo(coding);
            assertThat(StaticFilesIT.decode(coding, answer.body())).isEqualTo(page);
        }
    }

    @Test
    void aFatalErrorIsNeverACleanSuccess() {
        server.php.script("/run.php", (request, response, answer) -> {
            response.write(Buffer.buffer("half"));
            response.end(true);
            answer.complete(response);
        });
        assertThat(server.get("/run.php").status()).isEqualTo(500);
    }

    @Test
    void aFatalErrorAfterOutputBreaksTheConnection() {
        AtomicReference<FakeResponse> running = stream();
        try (Wire wire = server.connect()) {
            wire.send("GET /run.php HTTP/1.1\r\nHost: a.test\r\n\r\n");
            readUntil(wire, "first");
            FakeResponse response = running.get();
            response.later(() -> response.end(true));
            assertThat(wire.rest()).doesNotContain("0\r\n\r\n");
        }
    }

    @Test
    void aWorkerThatDiesInTheMiddleBreaksTheConnection() {
        AtomicReference<FakeResponse> running = stream();
        try (Wire wire = server.connect()) {
            wire.send("GET /run.php HTTP/1.1\r\nHost: a.test\r\n\r\n");
            readUntil(wire, "first");
            FakeResponse response = running.get();
            response.later(response::die);
            assertThat(wire.rest()).doesNotContain("0\r\n\r\n");
        }
        server.php.script("/run.php", (request, response, answer) -> {
            response.die();
            answer.complete(response);
        });
        assertThat(server.get("/run.php").status()).isEqualTo(502);
    }

    @Test
    void aLengthPhpAnnouncesWronglyCannotConfuseTheConnection() {
        server.php.page("/run.php", 200, Map.of("Content-Length", "3"), "12345HTTP/1.1 200 OK");
        Answer small = server.get("/run.php");
        assertThat(small.header("content-length")).isEqualTo(Integer.toString(small.body().length));
        server.php.script("/run.php", (request, response, answer) -> {
            response.header("Content-Length", "100");
            response.write(Buffer.buffer("x".repeat(70_000)));
            response.end(false);
            answer.complete(response);
        });
        try (Wire wire = server.connect()) {
            wire.send("GET /run.php HTTP/1.1\r\nHost: a.test\r\n\r\n");
            assertThat(wire.answer().body()).hasSize(100);
            assertThat(wire.rest()).isEmpty();
        }
    }

    @Test
    void aSlowClientHoldsPhpBackInsteadOfFillingMemory() {
        AtomicReference<FakeResponse> running = stream();
        try (Wire wire = server.connect()) {
            wire.send("GET /run.php HTTP/1.1\r\nHost: a.test\r\n\r\n");
            readUntil(wire, "first");
            FakeResponse response = running.get();
            response.later(() -> {
                for (int i = 0; i < 2000; i++) {
                    response.write(Buffer.buffer(new byte[16_384]));
                }
                response.end(false);
            });
            Async.until("PHP to be held back", () -> response.queued() > 1000);
            long read = 0;
            for (int b = wire.read(); b >= 0 && read < 32_768_000; b = wire.read()) {
                read++;
            }
            assertThat(read).isEqualTo(32_768_000);
        }
    }

    @Test
    void aClientThatLeavesEndsTheRequestForPhp() {
        AtomicReference<FakeResponse> running = stream();
        Wire wire = server.connect();
        wire.send("GET /run.php HTTP/1.1\r\nHost: a.test\r\n\r\n");
        readUntil(wire, "first");
        wire.close();
        Async.await(running.get().abandoned());
        Async.until("the request to be over", () -> server.frontend.inFlight() == 0);
    }

    @Test
    void http10GetsTheBodyAndTheEndOfTheConnection() {
        AtomicReference<FakeResponse> running = stream();
        try (Wire wire = server.connect()) {
            wire.send("GET /run.php HTTP/1.0\r\nHost: a.test\r\nConnection: keep-alive\r\n\r\n");
            readUntil(wire, "first");
            FakeResponse response = running.get();
            response.later(() -> {
                response.write(Buffer.buffer("second"));
                response.end(false);
            });
            assertThat(wire.rest()).isEqualTo("second");
        }
    }
}
