package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits on what a client may send, how slowly, and on how many connections. */
class HttpLimitsIT {
    private static final String HOST = "limits.test";
    private static final int CONNECTIONS = 100;

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .set("server.request.max_body_size", 1024)
            .set("server.request.max_header_size", 4096)
            .set("server.request.max_uri_length", 2048)
            .set("server.timeouts.header_read", "2s")
            .set("server.timeouts.idle", "3s")
            .set("server.timeouts.request", "5s")
            .set("server.max_connections", CONNECTIONS)
            .site(
                    HOST,
                    site -> site.scripts("probe.php")
                            .file(
                                    "ran.php",
                                    "<?php file_put_contents(__DIR__ . '/written/' . uniqid(), 'x'); echo 'ran';")
                            .writable("written")
                            .file("page.html", "page"));

    @Test
    void bodyOverTheLimitIs413AndPhpNeverRan() {
        for (Call call : List.of(
                post(2048), post(2048).chunked(), post(1025), post(300_000).chunked())) {
            try (Wire wire = appliance.connect()) {
                assertThat(wire.offer(call.bytes()).answer().status()).isEqualTo(413);
            }
            assertThat(appliance.page(HOST, "/page.html")).isEqualTo("page");
        }
        assertThat(appliance.siteDirectory(HOST).resolve("written")).isEmptyDirectory();
    }

    @Test
    void bodyAnnouncedOverTheLimitIsRefusedBeforeItIsSent() {
        try (Wire wire = appliance.connect()) {
            wire.send("POST /ran.php HTTP/1.1\r\nHost: " + HOST + "\r\nContent-Length: 99999999999\r\n\r\n");
            assertThat(wire.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void bodyAtTheLimitPasses() {
        Probe probe = Probe.of(appliance.send(Call.of("PUT", HOST, "/probe.php")
                .header("Content-Type", "text/plain")
                .body("x".repeat(1024))));
        assertThat(probe.get("input.length")).isEqualTo("1024");
        probe = Probe.of(appliance.send(Call.of("PUT", HOST, "/probe.php")
                .header("Content-Type", "text/plain")
                .body("x".repeat(1024))
                .chunked()));
        assertThat(probe.get("input.length")).isEqualTo("1024");
    }

    @Test
    void headersOverTheLimitAre431() {
        Call oneLong = Call.get(HOST, "/page.html").header("X-Long", "h".repeat(32 * 1024));
        Call manyShort = Call.get(HOST, "/page.html");
        for (int i = 0; i < 400; i++) {
            manyShort.header("X-Header-" + i, "v".repeat(80));
        }
        for (Call call : List.of(oneLong, manyShort)) {
            try (Wire wire = appliance.connect()) {
                assertThat(wire.offer(call.bytes()).answer().status()).isEqualTo(431);
                assertThat(wire.closesWithin(Duration.ofSeconds(2))).isTrue();
            }
            assertThat(appliance.page(HOST, "/page.html")).isEqualTo("page");
        }
    }

    @Test
    void headersBelowTheLimitPass() {
        appliance
                .send(Call.get(HOST, "/page.html").header("X-Long", "h".repeat(3500)))
                .expect(200);
    }

    @Test
    void targetOverTheLimitIs414() {
        assertThat(appliance.get(HOST, "/page.html?" + "q".repeat(3000)).status())
                .isEqualTo(414);
        appliance.get(HOST, "/page.html?" + "q".repeat(1900)).expect(200);
    }

    @Test
    void halfARequestLineIsClosedAfterTheHeaderTimeout() {
        assertClosedBetween("GET /pa", Duration.ofMillis(1500), Duration.ofSeconds(5));
    }

    @Test
    void headersThatNeverEndAreClosedAfterTheHeaderTimeout() {
        assertClosedBetween(
                "GET /page.html HTTP/1.1\r\nHost: " + HOST + "\r\nX-A: b\r\n",
                Duration.ofMillis(1500),
                Duration.ofSeconds(5));
    }

    @Test
    void silentConnectionIsClosed() {
        assertClosedBetween("", Duration.ofMillis(1500), Duration.ofSeconds(6));
    }

    @Test
    void drippingBodyIsClosedAtTheRequestTimeout() throws Exception {
        long start = System.nanoTime();
        try (Wire wire = appliance.connect()) {
            wire.send("POST /probe.php HTTP/1.1\r\nHost: " + HOST + "\r\nContent-Length: 1000\r\n\r\n");
            Thread dripper = Thread.ofPlatform().daemon().start(() -> {
                for (int i = 0; i < 30; i++) {
                    wire.offer(new byte[] {'x'});
                    java.util.concurrent.locks.LockSupport.parkNanos(
                            Duration.ofSeconds(1).toNanos());
                }
            });
            assertThat(wire.closesWithin(Duration.ofSeconds(12))).isTrue();
            dripper.interrupt();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(9));
        appliance.get(HOST, "/probe.php").expect(200);
    }

    @Test
    void drippingHeadersAreClosedAfterTheHeaderTimeout() {
        long start = System.nanoTime();
        try (Wire wire = appliance.connect()) {
            wire.send("GET /page.html HTTP/1.1\r\n");
            Thread dripper = Thread.ofPlatform().daemon().start(() -> {
                for (int i = 0; i < 40; i++) {
                    wire.offer(("X-" + i + ": y\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    java.util.concurrent.locks.LockSupport.parkNanos(
                            Duration.ofMillis(500).toNanos());
                }
            });
            assertThat(wire.closesWithin(Duration.ofSeconds(10))).isTrue();
            dripper.interrupt();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(7));
    }

    @Test
    void idleConnectionIsClosedAfterTheIdleTimeout() {
        try (Wire wire = appliance.connect()) {
            wire.call(Call.get(HOST, "/page.html")).expect(200);
            long start = System.nanoTime();
            assertThat(wire.closesWithin(Duration.ofSeconds(8))).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1900));
        }
    }

    @Test
    void connectionsOverTheLimitAreRefusedAndOthersGoOn() {
        List<Wire> wires = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS + 20; i++) {
                wires.add(appliance.connect());
            }
            long served = wires.stream().filter(HttpLimitsIT::serves).count();
            assertThat(served).isLessThanOrEqualTo(CONNECTIONS).isGreaterThan(CONNECTIONS / 2);
        } finally {
            wires.forEach(Wire::close);
        }
        Eventually.holds(
                Duration.ofSeconds(5),
                () -> assertThat(appliance.page(HOST, "/page.html")).isEqualTo("page"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n",
                "5\r\nabc",
                "-1\r\n\r\n",
                "ffffffffffffffff\r\nx",
                "3;" + "\u0001" + "\r\nabc\r\n0\r\n\r\n"
            })
    void brokenChunksAreRefusedAndTheConnectionIsClosed(String chunk) {
        try (Wire wire = appliance.connect()) {
            wire.send("POST /ran.php HTTP/1.1\r\nHost: " + HOST + "\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk);
            assertThat(wire.closesWithin(Duration.ofSeconds(8))).isTrue();
        }
        assertThat(appliance.page(HOST, "/page.html")).isEqualTo("page");
    }

    private static boolean serves(Wire wire) {
        try {
            return wire.call(Call.get(HOST, "/page.html")).status() == 200;
        } catch (java.io.UncheckedIOException closed) {
            return false;
        }
    }

    private static Call post(int length) {
        return Call.of("POST", HOST, "/ran.php")
                .header("Content-Type", "application/octet-stream")
                .body("x".repeat(length));
    }

    private static void assertClosedBetween(String sent, Duration earliest, Duration latest) {
        long start = System.nanoTime();
        try (Wire wire = appliance.connect()) {
            wire.send(sent);
            assertThat(wire.closesWithin(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(earliest, latest);
    }
}
