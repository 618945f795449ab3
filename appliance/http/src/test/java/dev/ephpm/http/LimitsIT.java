package dev.ephpm.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.config.LoggingConfig;
import dev.ephpm.config.SecurityConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsIT {
    @TempDir
    Path directory;

    private static Duration closedAfter(Wire wire) {
        long start = System.nanoTime();
        wire.rest();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Nested
    class Time {
        @Test
        void halfARequestIsClosedAfterTheHeaderTimeout() {
            try (TestServer server = new TestServer(Configs.timeouts(400, 60_000, 60_000), directory)) {
                for (String start :
                        List.of("GET /a", "G", "P", "PRI * HTTP/2", "GET / HTTP/1.1\r\nHost: a.te", "\r\n\r\n")) {
                    try (Wire wire = server.connect()) {
                        wire.send(start);
                        assertThat(closedAfter(wire))
                                .as(start)
                                .isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
                    }
                }
            }
        }

        @Test
        void aHeadThatDripsIsClosedAfterTheHeaderTimeoutToo() {
            try (TestServer server = new TestServer(Configs.timeouts(400, 60_000, 60_000), directory);
                    Wire wire = server.connect()) {
                wire.send("GET /a HTTP/1.1\r\nHost: a.test\r\n");
                long start = System.nanoTime();
                Async.until(
                        "the connection to be closed",
                        () -> !wire.trySend("X: y\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            }
        }

        @Test
        void aSecondRequestHasItsOwnHeaderTimeout() {
            try (TestServer server = new TestServer(Configs.timeouts(400, 60_000, 60_000), directory);
                    Wire wire = server.connect()) {
                server.file("a.txt", "a");
                assertThat(wire.send("GET /a.txt HTTP/1.1\r\nHost: a.test\r\n\r\n")
                                .answer()
                                .text())
                        .isEqualTo("a");
                wire.send("GET /a.t");
                assertThat(closedAfter(wire)).isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
            }
        }

        @Test
        void idleConnectionsAreClosed() {
            try (TestServer server = new TestServer(Configs.timeouts(60_000, 400, 60_000), directory)) {
                server.file("a.txt", "a");
                try (Wire silent = server.connect();
                        Wire used = server.connect()) {
                    used.send("GET /a.txt HTTP/1.1\r\nHost: a.test\r\n\r\n").answer();
                    assertThat(closedAfter(used)).isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
                    assertThat(closedAfter(silent)).isLessThan(Duration.ofSeconds(5));
                }
            }
        }

        @Test
        void aBodyThatDripsIsClosedAtTheRequestTimeout() {
            try (TestServer server = new TestServer(Configs.timeouts(60_000, 60_000, 500), directory)) {
                server.file("run.php", "");
                server.php.script("/run.php", FakePhp.ECHO);
                for (String framing : List.of("Content-Length: 1000", "Transfer-Encoding: chunked")) {
                    try (Wire wire = server.connect()) {
                        wire.send("POST /run.php HTTP/1.1\r\nHost: a.test\r\n" + framing + "\r\n\r\n1");
                        Thread drip = Thread.ofVirtual()
                                .start(() -> Async.until("the end", () -> {
                                    java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
                                    return !wire.trySend(new byte[] {'1'});
                                }));
                        assertThat(closedAfter(wire)).isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
                        drip.interrupt();
                    }
                }
            }
        }

        @Test
        void aScriptThatNeverAnswersIsGivenUp() {
            try (TestServer server = new TestServer(Configs.timeouts(60_000, 60_000, 500), directory)) {
                server.file("run.php", "");
                server.file("a.txt", "a");
                server.php.script("/run.php", (request, response, answer) -> {});
                try (Wire wire = server.connect()) {
                    wire.send("GET /run.php HTTP/1.1\r\nHost: a.test\r\n\r\n");
                    assertThat(server.get("/a.txt").text()).isEqualTo("a");
                    assertThat(wire.answer().status()).isEqualTo(504);
                }
            }
        }

        @Test
        void aSlowScriptOutlivesTheIdleTimeout() {
            try (TestServer server = new TestServer(Configs.timeouts(200, 200, 60_000), directory)) {
                server.file("run.php", "");
                AtomicReference<FakeResponse> running = new AtomicReference<>();
                server.php.script("/run.php", (request, response, answer) -> {
                    Objects.requireNonNull(Vertx.currentContext()).owner().setTimer(1000, timer -> {
                        response.write(Buffer.buffer("late"));
                        response.end(false);
                        answer.complete(response);
                    });
                    running.set(response);
                });
                assertThat(server.get("/run.php").text()).isEqualTo("late");
            }
        }

        @Test
        void aClientThatTakesNothingIsClosed() {
            try (TestServer server = new TestServer(Configs.timeouts(60_000, 60_000, 500), directory)) {
                server.file("large.bin", new byte[30_000_000]);
                try (Wire wire = server.connect()) {
                    wire.send("GET /large.bin HTTP/1.1\r\nHost: a.test\r\n\r\n").read();
                    Async.until("the connection to be given up", () -> server.frontend.inFlight() == 0);
                }
            }
        }
    }

    @Test
    void connectionsBeyondTheLimitAreToldSo() {
        try (TestServer server = new TestServer(Configs.maxConnections(3), directory)) {
            server.file("a.txt", "a");
            List<Wire> wires = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Wire wire = server.connect();
                wires.add(wire);
                assertThat(wire.send("GET /a.txt HTTP/1.1\r\nHost: a.test\r\n\r\n")
                                .answer()
                                .status())
                        .isEqualTo(200);
            }
            try (Wire refused = server.connect()) {
                assertThat(refused.answer().status()).isEqualTo(503);
                assertThat(refused.rest()).isEmpty();
            }
            wires.forEach(Wire::close);
            Async.until("room again", () -> {
                try (Wire wire = server.connect()) {
                    return wire.send("GET /a.txt HTTP/1.1\r\nHost: a.test\r\n\r\n")
                                    .answer()
                                    .status()
                            == 200;
                }
            });
        }
    }

    @Test
    void aSiteOverItsRateGets429AndItsNeighbourDoesNot() {
        SecurityConfig limited = new SecurityConfig(List.of(), List.of(), List.of(), 1, 5);
        try (TestServer server = new TestServer(Configs.security(limited), directory)) {
            server.file("a.txt", "a");
            TestServer.write(directory.resolve("b.test/a.txt"), new byte[] {'b'});
            server.sites.put("b.test", directory.resolve("b.test"));
            int refused = 0;
            for (int i = 0; i < 20; i++) {
                Answer answer = server.get("/a.txt");
                if (answer.status() == 429) {
                    refused++;
                    assertThat(Integer.parseInt(answer.header("retry-after"))).isPositive();
                }
            }
            assertThat(refused).isGreaterThan(5);
            try (Wire wire = server.connect()) {
                assertThat(wire.send("GET /a.txt HTTP/1.1\r\nHost: b.test\r\n\r\n")
                                .answer()
                                .text())
                        .isEqualTo("b");
            }
        }
    }

    @Nested
    class Drain {
        @Test
        void runningRequestsEndAndNewOnesAreRefused() {
            try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
                server.file("run.php", "");
                AtomicReference<FakeResponse> running = new AtomicReference<>();
                server.php.script("/run.php", (request, response, answer) -> {
                    response.write(Buffer.buffer("first "));
                    answer.complete(response);
                    running.set(response);
                });
                try (Wire busy = server.connect();
                        Wire idle = server.connect()) {
                    busy.send("GET /run.php HTTP/1.1\r\nHost: a.test\r\n\r\n").read();
                    int port = server.port();
                    Future<Void> drained = server.frontend.drain(Duration.ofSeconds(20));
                    assertThat(idle.rest()).isEmpty();
                    Async.until("the port to be closed", () -> !accepts(port));
                    assertThat(drained.isComplete()).isFalse();
                    FakeResponse response = running.get();
                    response.later(() -> {
                        response.write(Buffer.buffer("last"));
                        response.end(false);
                    });
                    assertThat(busy.rest()).contains("last").contains("0\r\n\r\n");
                    Async.await(drained);
                }
            }
        }

        private boolean accepts(int port) {
            try (Wire wire = new Wire(port)) {
                return wire.localPort() > 0;
            } catch (java.io.UncheckedIOException refused) {
                return false;
            }
        }

        @Test
        void theLimitEndsWhatDoesNotEnd() {
            try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
                server.file("run.php", "");
                server.php.script("/run.php", (request, response, answer) -> {});
                try (Wire busy = server.connect()) {
                    busy.send("GET /run.php HTTP/1.1\r\nHost: a.test\r\n\r\n");
                    Async.until("PHP to run", () -> server.php.runs() == 1);
                    long start = System.nanoTime();
                    Async.await(server.frontend.drain(Duration.ofMillis(300)));
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
                    assertThat(busy.rest()).isEmpty();
                }
            }
        }
    }

    @Nested
    class Reload {
        @Test
        void openConnectionsSeeTheNewConfiguration() {
            try (TestServer server = new TestServer(Configs.DEFAULTS, directory);
                    Wire wire = server.connect()) {
                server.file("a.txt", "a");
                String request = "GET /a.txt HTTP/1.1\r\nHost: a.test\r\n\r\n";
                assertThat(wire.send(request).answer().status()).isEqualTo(200);
                assertThat(server.frontend.reload(Configs.trustedHosts("other.test")))
                        .isEmpty();
                assertThat(wire.send(request).answer().status()).isEqualTo(421);
                assertThat(server.frontend.reload(Configs.proxyProtocol())).containsExactly("server.proxy_protocol");
                assertThat(wire.send(request).answer().status()).isEqualTo(200);
            }
        }
    }

    @Nested
    class Logs {
        @Test
        void linesAreCombinedAndCannotBeForged() throws IOException {
            Path file = directory.resolve("access.log");
            try (TestServer server =
                    new TestServer(Configs.accessLog(file, LoggingConfig.AccessFormat.COMBINED), directory)) {
                server.file("a.txt", "abc");
                server.get("/a.txt?q=%0a", "User-Agent: x\"y\\z\u00e4", "Referer: http://r/");
                server.get("/missing.html");
                Async.until("two lines", () -> lines(file).size() == 2);
                assertThat(lines(file).getFirst())
                        .matches("127\\.0\\.0\\.1 - - \\[[^\\]]+\\] \"GET /a\\.txt\\?q=%0a HTTP/1\\.1\" 200 3 "
                                + "\"http://r/\" \"x\\\\x22y\\\\x5cz\\\\xe4\"");
                assertThat(lines(file).get(1)).contains("\" 404 ");
                Files.move(file, directory.resolve("access.log.1"));
                server.frontend.reopenLogs();
                server.get("/a.txt");
                Async.until(
                        "the new file", () -> Files.exists(file) && lines(file).size() == 1);
            }
        }

        @Test
        void linesAreJson() {
            Path file = directory.resolve("access.json");
            try (TestServer server =
                    new TestServer(Configs.accessLog(file, LoggingConfig.AccessFormat.JSON), directory)) {
                server.file("a.txt", "abc");
                server.get("/a.txt", "User-Agent: \"quoted\"");
                Async.until("a line", () -> lines(file).size() == 1);
                io.vertx.core.json.JsonObject line =
                        new io.vertx.core.json.JsonObject(lines(file).getFirst());
                assertThat(line.getInteger("status")).isEqualTo(200);
                assertThat(line.getString("site")).isEqualTo("a.test");
                assertThat(line.getString("uri")).isEqualTo("/a.txt");
                assertThat(line.getString("user_agent")).isEqualTo("\"quoted\"");
                assertThat(line.getString("source")).isEqualTo("static");
                assertThat(line.getLong("bytes")).isEqualTo(3);
            }
        }

        private List<String> lines(Path file) {
            try {
                return Files.exists(file) ? Files.readAllLines(file) : List.of();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Test
    void countersRiseByWhatWasSentAndRandomPathsAddNoSeries() {
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            server.file("a.txt", "a");
            server.get("/a.txt");
            server.get("/missing.html");
            // A request is counted when its answer has been sent, which the client may see first.
            awaitCount(server, 1);
            long series = server.metrics.scrape().lines().count();
            for (int i = 0; i < 300; i++) {
                server.get("/random/" + i + ".html?x=" + i);
            }
            awaitCount(server, 301);
            assertThat(server.metrics.scrape().lines().count()).isEqualTo(series);
        }
    }

    private static void awaitCount(TestServer server, int notFound) {
        Pattern counted =
                Pattern.compile("ephpm_http_requests_total\\{method=\"GET\",site=\"a.test\",status=\"404\"[^}]*\\} "
                        + notFound + "\\.0");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!counted.matcher(server.metrics.scrape()).find()) {
            assertThat(System.nanoTime()).as("404 counted %d times", notFound).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void theProxyProtocolNamesTheClient() {
        try (TestServer server = new TestServer(Configs.proxyProtocol(), directory)) {
            server.file("run.php", "");
            String request = "GET /run.php HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";
            try (Wire wire = server.connect()) {
                assertThat(wire.send("PROXY TCP4 9.8.7.6 1.2.3.4 1111 80\r\n" + request)
                                .answer()
                                .status())
                        .isEqualTo(200);
            }
            byte[] v2 = {
                0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a, 0x21, 0x11, 0x00, 0x0c, 5, 6, 7,
                8, 1, 2, 3, 4, 0x10, 0x10, 0x00, 0x50
            };
            try (Wire wire = server.connect()) {
                assertThat(wire.send(v2).send(request).answer().status()).isEqualTo(200);
            }
            assertThat(server.php.requests().get(0).serverVariables())
                    .containsEntry("REMOTE_ADDR", "9.8.7.6")
                    .containsEntry("REMOTE_PORT", "1111");
            assertThat(server.php.requests().get(1).serverVariables()).containsEntry("REMOTE_ADDR", "5.6.7.8");
            try (Wire wire = server.connect()) {
                assertThat(wire.send(request).rest()).doesNotContain("200 OK");
            }
        }
    }
}
