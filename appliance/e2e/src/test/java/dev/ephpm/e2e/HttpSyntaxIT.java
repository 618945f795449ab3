package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are not what they should be: smuggling, broken syntax, impossible hosts. */
class HttpSyntaxIT {
    private static final String HOST = "syntax.test";

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .site(HOST, site -> site.scripts("probe.php").file("page.html", "page"))
            .fallbackSite(site -> site.file("index.html", "fallback").scripts("probe.php"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /probe.php HTTP/1.1\r\nHost: H\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /probe.php HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                "POST /probe.php HTTP/1.1\r\nHost: H\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
                "POST /probe.php HTTP/1.1\r\nHost: H\r\nContent-Length: 4, 5\r\n\r\nabcde",
                "POST /probe.php HTTP/1.1\r\nHost: H\r\nContent-Length: -4\r\n\r\nabcd",
                "POST /probe.php HTTP/1.1\r\nHost: H\r\nContent-Length: +4\r\n\r\nabcd",
                "POST /probe.php HTTP/1.1\r\nHost: H\r\nContent-Length: 0x4\r\n\r\nabcd",
                "POST /probe.php HTTP/1.1\r\nHost: H\r\nContent-Length: four\r\n\r\nabcd",
                "POST /probe.php HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "POST /probe.php HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "POST /probe.php HTTP/1.1\r\nHost: H\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "GET /page.html HTTP/1.1\r\nHost : H\r\n\r\n",
                "GET /page.html HTTP/1.1\r\nHost: H\r\nX-A : b\r\n\r\n",
                "GET /page.html HTTP/1.1\nHost: H\n\n",
                "GET /page.html HTTP/1.1\r\nHost: H\nX-A: b\r\n\r\n",
                "GET /pa\0ge.html HTTP/1.1\r\nHost: H\r\n\r\n",
                "GET /page.html HTTP/1.1\r\nHost: H\r\nX-A: b\0c\r\n\r\n",
                "GET /page.html HTTP/1.1\r\nHost: H\r\nX-A: b\r\n folded\r\n\r\n",
                "GET /page.html HTTP/1.1\r\nHost: H\r\nX-A: b\r\n\tfolded\r\n\r\n",
                "GET /page.html HTTP/1.1\r\n Host: H\r\n\r\n",
                "GET /page.html HTTP/1.1\r\nHost: H\r\nno colon\r\n\r\n",
                "GET /page.html HTTP/1.1\r\nHost: H\r\n: empty name\r\n\r\n",
                "GET /page.html HTTP/9.9\r\nHost: H\r\n\r\n",
                "GET /page.html\r\nHost: H\r\n\r\n",
                "GET  HTTP/1.1\r\nHost: H\r\n\r\n",
                "G\u0001T /page.html HTTP/1.1\r\nHost: H\r\n\r\n",
                "GET page.html HTTP/1.1\r\nHost: H\r\n\r\n",
                "GET /page.html HTTP/1.1 x\r\nHost: H\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
            })
    void malformedRequestIs400AndTheConnectionIsClosed(String request) {
        try (Wire wire = appliance.connect()) {
            wire.send(request.replace(": H\r\n", ": " + HOST + "\r\n").replace(": H\n", ": " + HOST + "\n"));
            assertThat(wire.answer().status()).isEqualTo(request.contains("HTTP/9.9") ? 505 : 400);
            assertThat(wire.closesWithin(Duration.ofSeconds(3))).isTrue();
        }
        assertThat(appliance.page(HOST, "/page.html")).isEqualTo("page");
    }

    @Test
    void nothingSmuggledIsEverAnswered() {
        String smuggled = "GET /page.html HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n";
        for (String framing : List.of(
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 0",
                "Content-Length: 0\r\nContent-Length: 40")) {
            try (Wire wire = appliance.connect()) {
                wire.send("POST /probe.php HTTP/1.1\r\nHost: " + HOST + "\r\n" + framing + "\r\n\r\n0\r\n\r\n"
                        + smuggled);
                String all = new String(wire.untilClosed(), java.nio.charset.StandardCharsets.ISO_8859_1);
                assertThat(all).as(framing).startsWith("HTTP/1.1 400").doesNotContain("HTTP/1.1 200");
            }
        }
    }

    static Stream<String> impossibleHosts() {
        return Stream.of(
                "../../etc",
                "a/b",
                "a%00b",
                "a\0b",
                "a b",
                "",
                " ",
                "-x.test",
                "x-.test",
                ".test",
                "a..b",
                "*.test",
                "a\\b",
                "a:b",
                "a:99999999",
                "a@b",
                "[::1",
                "syntax.test/..",
                "x".repeat(300),
                "é.test",
                "a,b",
                "a;b",
                "${x}",
                "sites/../syntax.test");
    }

    @ParameterizedTest
    @MethodSource("impossibleHosts")
    void impossibleHostIsRefusedAndNothingAppearsOnDisk(String host) throws IOException {
        Set<String> before = filesOnDisk();
        try (Wire wire = appliance.connect()) {
            wire.send("GET /page.html HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            assertThat(wire.answer().status()).isIn(400, 421);
        }
        assertThat(filesOnDisk()).isEqualTo(before);
    }

    @Test
    void twoHostsOrNoneAreRefused() {
        assertThat(appliance
                        .raw("GET /page.html HTTP/1.1\r\nHost: " + HOST + "\r\nHost: other.test\r\n\r\n")
                        .status())
                .isEqualTo(400);
        assertThat(appliance
                        .raw("GET /page.html HTTP/1.1\r\nHost: " + HOST + "\r\nHost: " + HOST + "\r\n\r\n")
                        .status())
                .isEqualTo(400);
        assertThat(appliance.raw("GET /page.html HTTP/1.1\r\n\r\n").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"SYNTAX.TEST", "Syntax.Test.", "syntax.test:8080", "syntax.test.:1", "syntax.test:"})
    void hostIsMatchedWithoutCasePortAndTrailingDot(String host) {
        assertThat(appliance.get(host, "/page.html").text()).isEqualTo("page");
    }

    @Test
    void absoluteTargetNamesTheHost() {
        Answer answer = appliance.raw("GET http://" + HOST + "/page.html HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n");
        assertThat(answer.expect(200).text()).isEqualTo("page");
    }

    @Test
    void absoluteTargetAndHostThatDifferNeverMixSites() {
        Answer answer = appliance.raw("GET http://" + HOST + "/probe.php HTTP/1.1\r\nHost: other.test\r\n\r\n");
        assertThat(answer.status()).isIn(200, 400, 421);
        if (answer.status() == 200) {
            // RFC 9112 §3.2.2: the target decides, and PHP must see the same host that chose the site.
            Probe probe = Probe.of(answer);
            assertThat(probe.get("SERVER.HTTP_HOST")).isEqualTo(HOST);
            assertThat(probe.get("SERVER.DOCUMENT_ROOT")).endsWith(HOST);
        }
    }

    @Test
    void thousandUnknownHostsGetTheFallbackAndCreateNothing() throws IOException {
        assertThat(appliance.get("warm-up.test", "/").text()).isEqualTo("fallback");
        Set<String> files = filesOnDisk();
        Set<String> series = series();
        try (Wire wire = appliance.connect()) {
            for (int i = 0; i < 1000; i++) {
                assertThat(wire.call(Call.get("unknown-" + i + ".test", "/")).text())
                        .isEqualTo("fallback");
            }
        }
        assertThat(filesOnDisk()).isEqualTo(files);
        assertThat(series()).isEqualTo(series);
    }

    private static Set<String> series() {
        return appliance
                .metrics()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .filter(line -> line.startsWith("ephpm_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> filesOnDisk() throws IOException {
        try (Stream<Path> files = Files.walk(appliance.directory())) {
            return files.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
