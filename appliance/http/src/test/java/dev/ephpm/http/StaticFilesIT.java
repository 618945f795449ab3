package dev.ephpm.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.ZstdInputStream;
import dev.ephpm.config.StaticConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesIT {
    @TempDir
    Path directory;

    private final String text = "The quick brown fox jumps over the lazy dog. ".repeat(230);

    @Test
    void filesHaveTypeLengthAndValidators() {
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            server.file("test.html", "<p>hello</p>");
            Answer answer = server.get("/test.html");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("<p>hello</p>");
            assertThat(answer.header("content-type")).isEqualTo("text/html; charset=utf-8");
            assertThat(answer.header("content-length")).isEqualTo("12");
            assertThat(answer.header("etag")).matches("\"[0-9a-f]+-[0-9a-f]+\"");
            assertThat(answer.header("last-modified")).endsWith(" GMT");
            assertThat(answer.header("accept-ranges")).isEqualTo("bytes");
            assertThat(answer.header("server")).isEqualTo("ephpm");
            assertThat(answer.header("date")).endsWith(" GMT");
            assertThat(server.isNative()).isTrue();
        }
    }

    @Test
    void encodedNamesAndCachedAnswersAreTheSame() {
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            server.file("test.html", "x");
            server.file("größe 1.txt", "umlaut");
            assertThat(server.get("/test%2Ehtml").text()).isEqualTo("x");
            assertThat(server.get("/test%2Ehtml").text()).isEqualTo("x");
            assertThat(server.get("/gr%C3%B6%C3%9Fe%201.txt").text()).isEqualTo("umlaut");
            assertThat(server.get("//test.html").text()).isEqualTo("x");
            assertThat(server.get("/./test.html").text()).isEqualTo("x");
        }
    }

    @Test
    void headHasLengthAndNoBody() {
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            server.file("a.txt", "12345");
            server.file("large.bin", new byte[600_000]);
            assertThat(server.request("HEAD", "/a.txt").header("content-length"))
                    .isEqualTo("5");
            assertThat(server.request("HEAD", "/large.bin").header("content-length"))
                    .isEqualTo("600000");
            try (Wire wire = server.connect()) {
                wire.send("HEAD /a.txt HTTP/1.1\r\nHost: a.test\r\n\r\n").answer(true);
                assertThat(wire.send("GET /a.txt HTTP/1.1\r\nHost: a.test\r\n\r\n")
                                .answer()
                                .text())
                        .isEqualTo("12345");
            }
        }
    }

    @Test
    void conditionalRequestsAreAnsweredWith304() {
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            server.file("a.txt", text);
            Answer first = server.get("/a.txt");
            String etag = first.header("etag");
            Answer second = server.get("/a.txt", "If-None-Match: \"other\", " + etag);
            assertThat(second.status()).isEqualTo(304);
            assertThat(second.header("etag")).isEqualTo(etag);
            assertThat(second.header("content-length")).isNull();
            assertThat(server.get("/a.txt", "If-None-Match: W/" + etag).status())
                    .isEqualTo(304);
            assertThat(server.get("/a.txt", "If-None-Match: \"no\"").status()).isEqualTo(200);
            assertThat(server.get("/a.txt", "If-Modified-Since: " + first.header("last-modified"))
                            .status())
                    .isEqualTo(304);
            assertThat(server.get("/a.txt", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT")
                            .status())
                    .isEqualTo(200);
            assertThat(server.get("/a.txt", "If-Match: \"no\"").status()).isEqualTo(412);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 700_000})
    void rangesGiveThePartAskedFor(int size) {
        byte[] content = new byte[size];
        new Random(1).nextBytes(content);
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            server.file("a.bin", content);
            Answer part = server.get("/a.bin", "Range: bytes=100-199");
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.header("content-range")).isEqualTo("bytes 100-199/" + size);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content, 100, 200));
            assertThat(server.get("/a.bin", "Range: bytes=-7").body())
                    .isEqualTo(Arrays.copyOfRange(content, size - 7, size));
            assertThat(server.get("/a.bin", "Range: bytes=" + (size - 3) + "-").body())
                    .isEqualTo(Arrays.copyOfRange(content, size - 3, size));
            Answer beyond = server.get("/a.bin", "Range: bytes=" + size + "-");
            assertThat(beyond.status()).isEqualTo(416);
            assertThat(beyond.header("content-range")).isEqualTo("bytes */" + size);
            assertThat(server.get("/a.bin", "Range: bytes=0-1,4-5").status()).isEqualTo(200);
            assertThat(server.get("/a.bin", "Range: bytes=0-1", "If-Range: \"old\"")
                            .body())
                    .isEqualTo(content);
            assertThat(server.get("/a.bin").body()).isEqualTo(content);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "zstd"})
    void textIsCompressedAndDecodesToTheOriginal(String coding) throws IOException {
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            server.file("a.html", text);
            for (int i = 0; i < 2; i++) {
                Answer answer = server.get("/a.html", "Accept-Encoding: " + coding);
                assertThat(answer.header("content-encoding")).isEqualTo(coding);
                assertThat(answer.header("vary")).isEqualToIgnoringCase("Accept-Encoding");
                assertThat(answer.header("etag")).startsWith("W/\"");
                assertThat(answer.body().length).isLessThan(text.length() / 2);
                assertThat(decode(coding, answer.body())).isEqualTo(text);
            }
            assertThat(server.get("/a.html", "Accept-Encoding: " + coding, "Range: bytes=0-3")
                            .text())
                    .isEqualTo(text.substring(0, 4));
        }
    }

    static String decode(String coding, byte[] body) throws IOException {
        InputStream compressed = new ByteArrayInputStream(body);
        Brotli4jLoader.ensureAvailability();
        try (InputStream plain = switch (coding) {
            case "gzip" -> new GZIPInputStream(compressed);
            case "br" -> new BrotliInputStream(compressed);
            default -> new ZstdInputStream(compressed);
        }) {
            return new String(plain.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    @Test
    void smallAndCompressedFilesStayAsTheyAre() {
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            server.file("small.html", "x".repeat(500));
            server.file("image.png", new byte[5000]);
            Answer small = server.get("/small.html", "Accept-Encoding: gzip, br, zstd");
            assertThat(small.header("content-encoding")).isNull();
            assertThat(small.body()).hasSize(500);
            Answer image = server.get("/image.png", "Accept-Encoding: gzip");
            assertThat(image.header("content-encoding")).isNull();
            assertThat(image.header("vary")).isNull();
        }
    }

    @Test
    void cacheControlFollowsTheExtension() {
        StaticConfig files =
                new StaticConfig("no-cache", Map.of("css", Duration.ofDays(7)), StaticConfig.HiddenFiles.DENY, false);
        try (TestServer server = new TestServer(Configs.staticFiles(files), directory)) {
            server.file("a.css", "a{}");
            server.file("a.txt", "a");
            assertThat(server.get("/a.css").header("cache-control")).isEqualTo("max-age=604800");
            assertThat(server.get("/a.txt").header("cache-control")).isEqualTo("no-cache");
            assertThat(server.get("/a.txt").header("etag")).isNull();
        }
    }

    @Test
    void onlyGetAndHeadReachFiles() {
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            server.file("a.txt", "a");
            for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
                Answer answer = server.request(method, "/a.txt");
                assertThat(answer.status()).as(method).isEqualTo(405);
                assertThat(answer.header("allow")).isEqualTo("GET, HEAD");
            }
            assertThat(server.request("TRACE", "/a.txt").status()).isEqualTo(405);
        }
    }

    @Test
    void changesShowWithinTwoSeconds() throws IOException {
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            Path file = server.file("a.txt", "one");
            assertThat(server.get("/a.txt").text()).isEqualTo("one");
            server.file("a.txt", "two");
            long changed = System.nanoTime();
            Async.until("the new content", () -> server.get("/a.txt").text().equals("two"));
            assertThat(Duration.ofNanos(System.nanoTime() - changed)).isLessThan(Duration.ofMillis(2500));
            Files.delete(file);
            Async.until("the file to be gone", () -> server.get("/a.txt").status() == 404);
        }
    }

    @Test
    void directoriesRedirectToTheirSlashAndServeTheirIndex() {
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            server.file("docs/index.html", "index");
            server.file("empty/readme.txt", "x");
            Answer redirect = server.get("/docs?a=1");
            assertThat(redirect.status()).isEqualTo(301);
            assertThat(redirect.header("location")).isEqualTo("/docs/?a=1");
            assertThat(server.get("//docs").header("location")).isEqualTo("/docs/");
            assertThat(server.get("/docs/").text()).isEqualTo("index");
            assertThat(server.get("/empty/").status()).isEqualTo(404);
            assertThat(server.get("/missing.html").status()).isEqualTo(404);
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleOfALargeFileHarmsNobody() {
        try (TestServer server = new TestServer(Configs.DEFAULTS, directory)) {
            server.file("large.bin", new byte[20_000_000]);
            for (int i = 0; i < 20; i++) {
                Wire wire = server.connect();
                wire.send("GET /large.bin HTTP/1.1\r\nHost: a.test\r\n\r\n").read();
                wire.reset();
            }
            Async.until("all to be accounted for", () -> server.frontend.inFlight() == 0);
            assertThat(server.get("/large.bin").body()).hasSize(20_000_000);
        }
    }
}
