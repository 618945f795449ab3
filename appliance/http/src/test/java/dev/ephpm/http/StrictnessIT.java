package dev.ephpm.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that different servers would read differently are refused, and the connection is not used again. */
class StrictnessIT {
    private static final String NEXT = "GET /secret HTTP/1.1\r\nHost: a.test\r\n\r\n";

    @TempDir
    Path directory;

    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer(Configs.DEFAULTS, directory);
        server.file("a.txt", "a");
        server.php.script("/index.php", FakePhp.ECHO);
        server.file("index.php", "<?php");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 3, 4\r\n\r\nabcd",
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: +3\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: -3\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0x3\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 99999999999999999999\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: gzip\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.0\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /a.txt HTTP/1.1\r\nHost : a.test\r\n\r\n",
                "GET /a.txt HTTP/1.1\r\nHost: a.test\r\nX-A : b\r\n\r\n",
                "GET /a.txt HTTP/1.1\r\nHost: a.test\r\n: b\r\n\r\n",
                "GET /a.txt HTTP/1.1\r\nHost: a.test\r\nno colon\r\n\r\n",
                "GET /a.txt HTTP/1.1\nHost: a.test\n\n",
                "GET /a.txt HTTP/1.1\r\nHost: a.test\nX: y\r\n\r\n",
                "GET /a.txt HTTP/1.1\r\nHost: a.test\r\nX: a\r\n folded\r\n\r\n",
                "GET /a.txt HTTP/1.1\r\nHost: a.test\r\nX: a\r\n\tfolded\r\n\r\n",
                "GET /a.txt HTTP/1.1\r\n Host: a.test\r\n\r\n",
                "GET /a.txt HTTP/1.1\r\nHost: a.test\r\nX: a\u0000b\r\n\r\n",
                "GET /a.txt HTTP/1.1\r\nHost: a.test\r\nX: a\rb\r\n\r\n",
                "GET /a\u0000.txt HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "GET /a.txt\u0001 HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "GET\t/a.txt HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "GET /a b.txt HTTP/1.1\r\nHost: a.test\r\n\r\n",
                " GET /a.txt HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "GET /a.txt HTTP/2.0\r\nHost: a.test\r\n\r\n",
                "GET /a.txt HTTP/1.1x\r\nHost: a.test\r\n\r\n",
                "GET /a.txt\r\nHost: a.test\r\n\r\n",
                "G(T /a.txt HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "PRI * HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n",
                "GET http://user@a.test/a.txt HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "GET a.txt HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "GET ftp://a.test/a.txt HTTP/1.1\r\nHost: a.test\r\n\r\n",
            })
    void ambiguousMessagesAreRefused(String message) {
        try (Wire wire = server.connect()) {
            wire.send(message);
            assertThat(wire.answer().status()).isEqualTo(message.contains("HTTP/2.0\r\nHost") ? 505 : 400);
            wire.trySend(NEXT.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(wire.rest()).isEmpty();
        }
        assertThat(server.php.runs()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\nabc\r\n0\r\n\r\n",
                "-3\r\nabc\r\n0\r\n\r\n",
                "3\nabc\r\n0\r\n\r\n",
                "3\r\nabcX\r\n0\r\n\r\n",
                "ffffffffffffffffff\r\nabc\r\n0\r\n\r\n",
            })
    void brokenChunksNeverReachPhp(String body) {
        try (Wire wire = server.connect()) {
            wire.send("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
            String rest = wire.rest();
            assertThat(rest)
                    .satisfiesAnyOf(
                            closed -> assertThat(closed).isEmpty(),
                            answered -> assertThat(answered).startsWith("HTTP/1.1 400 "));
        }
        assertThat(server.php.runs()).isZero();
    }

    @Test
    void theSameBytesInSmallPiecesGiveTheSameAnswers() {
        List<String> messages = List.of(
                "GET /a.txt HTTP/1.1\r\nHost: a.test\r\nX: a\r\n folded\r\n\r\n",
                "GET /a\u0000.txt HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "GET /a.txt HTTP/1.1\r\nHost: a.test\r\nA: b\r\n\r\n");
        List<Integer> expected = List.of(400, 400, 200);
        for (int i = 0; i < messages.size(); i++) {
            try (Wire wire = server.connect()) {
                for (char c : messages.get(i).toCharArray()) {
                    wire.trySend(new byte[] {(byte) c});
                }
                assertThat(wire.answer().status()).as(messages.get(i)).isEqualTo(expected.get(i));
            }
        }
    }

    @Test
    void harmlessVariantsAreServed() {
        List<String> messages = List.of(
                "GET /a.txt HTTP/1.1\r\nhOsT: a.test\r\n\r\n",
                "GET /a.txt HTTP/1.1\r\nHost:a.test\r\n\r\n",
                "GET /a.txt HTTP/1.1\r\nHost:  a.test \t\r\n\r\n",
                "GET /a.txt HTTP/1.1\r\nHost: A.TEST.:80\r\n\r\n",
                "\r\nGET /a.txt HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "GET http://a.test/a.txt HTTP/1.1\r\nHost: other.test\r\n\r\n",
                "GET http://a.test:8080/a.txt?x HTTP/1.1\r\nHost: a.test\r\n\r\n",
                "GET /a.txt HTTP/1.1\r\nHost: a.test\r\nX-Empty:\r\n\r\n",
                "GET /a.txt HTTP/1.1\r\nHost: a.test\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc");
        for (String message : messages) {
            try (Wire wire = server.connect()) {
                Answer answer = wire.send(message).answer();
                boolean duplicate = message.contains("Content-Length");
                assertThat(answer.status()).as(message).isIn(duplicate ? List.of(200, 400) : List.of(200));
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() {
        server.file("b.txt", "b");
        try (Wire wire = server.connect()) {
            StringBuilder many = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                many.append("GET /a.txt HTTP/1.1\r\nHost: a.test\r\n\r\n");
                many.append("POST /index.php HTTP/1.1\r\nHost: a.test\r\nContent-Length: 2\r\n\r\n")
                        .append(10 + i);
                many.append("GET /b.txt HTTP/1.1\r\nHost: a.test\r\n\r\n");
            }
            wire.send(many.toString());
            for (int i = 0; i < 50; i++) {
                assertThat(wire.answer().text()).isEqualTo("a");
                assertThat(wire.answer().text()).isEqualTo(Integer.toString(10 + i));
                assertThat(wire.answer().text()).isEqualTo("b");
            }
        }
    }

    @Test
    void headersOverTheLimitAre431AndLongTargets414() {
        try (Wire wire = server.connect()) {
            wire.send("GET /a.txt HTTP/1.1\r\nHost: a.test\r\nX: " + "x".repeat(32_000) + "\r\n\r\n");
            assertThat(wire.answer().status()).isEqualTo(431);
            assertThat(wire.rest()).isEmpty();
        }
        try (Wire wire = server.connect()) {
            wire.send("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: a.test\r\n\r\n");
            assertThat(wire.answer().status()).isEqualTo(414);
            assertThat(wire.rest()).isEmpty();
        }
        assertThat(server.get("/a.txt?" + "q".repeat(4096)).status()).isEqualTo(200);
    }
}
