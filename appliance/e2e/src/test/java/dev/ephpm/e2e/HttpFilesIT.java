package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files: conditional requests, ranges, types, compression, caching headers. */
class HttpFilesIT {
    private static final String HOST = "files.test";
    private static final String TEXT_10K = "The quick brown fox jumps over the lazy dog.\n".repeat(228);
    private static final byte[] PICTURE = noise(10_000);
    private static final byte[] LARGE = noise(3_000_000);

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .set("server.response.compression_min_size", 1024)
            .set("server.response.headers", List.of(List.of("X-Frame-Options", "DENY")))
            .set("server.static.cache_control", "public, max-age=60")
            .set("server.static.expires", Map.of("css", "7d"))
            .site(
                    HOST,
                    site -> site.file("test.html", "<p>hello</p>")
                            .file("empty.txt", "")
                            .file("large.txt", TEXT_10K)
                            .file("small.txt", TEXT_10K.substring(0, 500))
                            .file("style.css", "a{}".repeat(1000))
                            .file("app.js", "let a;".repeat(1000))
                            .file("data.json", "[1]".repeat(1000))
                            .file(
                                    "drawing.svg",
                                    "<svg xmlns='http://www.w3.org/2000/svg'>" + " ".repeat(2000) + "</svg>")
                            .file("picture.png", PICTURE)
                            .file("archive.zip", PICTURE)
                            .file("video.mp4", LARGE)
                            .file("font.woff2", PICTURE)
                            .file("no-extension", "plain")
                            .file("with space.txt", "space")
                            .file("ümläut.txt", "umlaut")
                            .file("percent%41.txt", "percent")
                            .file("folder/index.html", "<p>index</p>")
                            .file("folder/inner.txt", "inner")
                            .file("empty-folder/.keep", ""));

    @Test
    void missingFileIs404() {
        assertThat(appliance.get(HOST, "/missing.html").status()).isEqualTo(404);
        assertThat(appliance.get(HOST, "/folder/missing.html").status()).isEqualTo(404);
        assertThat(appliance.get(HOST, "/test.html/").status()).isEqualTo(404);
        assertThat(appliance.get(HOST, "/empty-folder/").status()).isIn(403, 404);
    }

    @Test
    void hostWithoutASiteIs404WhenThereIsNoFallback() {
        assertThat(appliance.get("unknown.test", "/test.html").status()).isEqualTo(404);
        assertThat(appliance.get("sub." + HOST, "/test.html").status()).isEqualTo(404);
    }

    @Test
    void headGivesTheLengthAndNoBody() {
        Answer answer = appliance.send(Call.of("HEAD", HOST, "/large.txt"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).contains(String.valueOf(TEXT_10K.length()));
        try (Wire wire = appliance.connect()) {
            wire.call(Call.of("HEAD", HOST, "/large.txt"));
            assertThat(wire.call(Call.get(HOST, "/test.html")).text()).isEqualTo("<p>hello</p>");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/test%2Ehtml, <p>hello</p>",
        "/%74est.html, <p>hello</p>",
        "/with%20space.txt, space",
        "/%C3%BCml%C3%A4ut.txt, umlaut",
        "/percent%2541.txt, percent",
        "/folder/, <p>index</p>",
        "/folder/inner.txt, inner",
        "/test.html?a=1&b=%20, <p>hello</p>",
        "/no-extension, plain",
    })
    void namesArePercentDecodedOnce(String target, String expected) {
        assertThat(appliance.page(HOST, target)).isEqualTo(expected);
    }

    @Test
    void directoryWithoutSlashLeadsToItsIndex() {
        Answer answer = appliance.get(HOST, "/folder");
        assertThat(answer.status()).isIn(200, 301);
        if (answer.status() == 301) {
            assertThat(answer.header("Location").orElse("")).endsWith("/folder/");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/test.html, text/html",
        "/large.txt, text/plain",
        "/style.css, text/css",
        "/app.js, text/javascript",
        "/data.json, application/json",
        "/drawing.svg, image/svg+xml",
        "/picture.png, image/png",
        "/archive.zip, application/zip",
        "/video.mp4, video/mp4",
        "/font.woff2, font/woff2",
        "/no-extension, application/octet-stream",
    })
    void contentTypeFollowsTheExtension(String target, String type) {
        String sent =
                appliance.get(HOST, target).expect(200).header("Content-Type").orElse("");
        assertThat(sent.toLowerCase(Locale.ROOT).split(";")[0]).isEqualTo(type);
    }

    @Test
    void unchangedFileIsNotSentAgain() throws Exception {
        Answer first = appliance.get(HOST, "/large.txt").expect(200);
        String etag = first.header("ETag").orElseThrow();
        String modified = first.header("Last-Modified").orElseThrow();
        for (String condition : List.of(etag, "\"other\", " + etag, "*", "W/" + etag.replaceFirst("^W/", ""))) {
            Answer answer = appliance.send(Call.get(HOST, "/large.txt").header("If-None-Match", condition));
            assertThat(answer.status()).as(condition).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.header("ETag")).contains(etag);
        }
        assertThat(appliance
                        .send(Call.get(HOST, "/large.txt").header("If-Modified-Since", modified))
                        .status())
                .isEqualTo(304);
        assertThat(appliance
                        .send(Call.of("HEAD", HOST, "/large.txt").header("If-None-Match", etag))
                        .status())
                .isEqualTo(304);
        appliance
                .send(Call.get(HOST, "/large.txt").header("If-None-Match", "\"other\""))
                .expect(200);
        appliance
                .send(Call.get(HOST, "/large.txt").header("If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"))
                .expect(200);
        // If-None-Match wins over If-Modified-Since.
        appliance
                .send(Call.get(HOST, "/large.txt")
                        .header("If-None-Match", "\"other\"")
                        .header("If-Modified-Since", modified))
                .expect(200);
    }

    @Test
    void changedFileHasAnotherEtag() throws Exception {
        appliance.site(HOST, site -> site.file("changing.txt", "one"));
        String before =
                appliance.get(HOST, "/changing.txt").expect(200).header("ETag").orElseThrow();
        appliance.site(HOST, site -> site.file("changing.txt", "two"));
        Files.setLastModifiedTime(
                appliance.siteDirectory(HOST).resolve("changing.txt"),
                FileTime.from(Instant.now().minusSeconds(5)));
        Eventually.holds(java.time.Duration.ofSeconds(3), () -> {
            Answer after = appliance.send(Call.get(HOST, "/changing.txt").header("If-None-Match", before));
            assertThat(after.status()).isEqualTo(200);
            assertThat(after.text()).isEqualTo("two");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=10-19, 10, 20",
        "bytes=-5, -5, 0",
        "bytes=2999990-, 2999990, 3000000",
        "bytes=1000000-1999999, 1000000, 2000000",
        "bytes=2999990-9999999, 2999990, 3000000",
    })
    void rangeGivesThatPart(String range, int from, int to) {
        Answer answer = appliance.send(Call.get(HOST, "/video.mp4").header("Range", range));
        byte[] expected = from < 0
                ? Arrays.copyOfRange(LARGE, LARGE.length + from, LARGE.length)
                : Arrays.copyOfRange(LARGE, from, to);
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(expected);
        int start = from < 0 ? LARGE.length + from : from;
        assertThat(answer.header("Content-Range"))
                .contains("bytes " + start + "-" + (start + expected.length - 1) + "/" + LARGE.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=3000000-", "bytes=9999999-99999999", "bytes=-0"})
    void rangeOutsideTheFileIs416(String range) {
        Answer answer = appliance.send(Call.get(HOST, "/video.mp4").header("Range", range));
        assertThat(answer.status()).isEqualTo(416);
        assertThat(answer.header("Content-Range")).contains("bytes */" + LARGE.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-2", "bytes=a-b", "lines=1-2", "bytes", "bytes=99999999999999999999-"})
    void rangeThatIsNoRangeIsIgnoredOrRefused(String range) {
        Answer answer = appliance.send(Call.get(HOST, "/video.mp4").header("Range", range));
        assertThat(answer.status()).isIn(200, 416);
        if (answer.status() == 200) {
            assertThat(answer.body()).isEqualTo(LARGE);
        }
    }

    @Test
    void rangeOfAnotherVersionGivesTheWholeFile() {
        Answer answer = appliance.send(
                Call.get(HOST, "/video.mp4").header("Range", "bytes=0-9").header("If-Range", "\"old\""));
        assertThat(answer.expect(200).body()).isEqualTo(LARGE);
    }

    @Test
    void wholeLargeFileArrivesUnchanged() {
        assertThat(appliance.get(HOST, "/video.mp4").expect(200).body()).isEqualTo(LARGE);
        assertThat(appliance.get(HOST, "/empty.txt").expect(200).body()).isEmpty();
    }

    @Test
    void configuredHeadersAndCachingArriveOnFiles() {
        Answer html = appliance.get(HOST, "/test.html").expect(200);
        assertThat(html.header("X-Frame-Options")).contains("DENY");
        assertThat(html.header("Cache-Control")).contains("public, max-age=60");
        assertThat(html.header("Accept-Ranges")).contains("bytes");
        assertThat(appliance
                        .get(HOST, "/style.css")
                        .expect(200)
                        .header("Cache-Control")
                        .orElse(""))
                .contains("max-age=604800");
        assertThat(appliance.get(HOST, "/missing.css").header("X-Frame-Options"))
                .contains("DENY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "zstd"})
    void longTextIsCompressedAndDecodesToTheOriginal(String encoding) throws Exception {
        Answer answer = appliance
                .send(Call.get(HOST, "/large.txt").header("Accept-Encoding", encoding))
                .expect(200);
        assertThat(answer.header("Content-Encoding")).contains(encoding);
        assertThat(answer.headers("Vary").toString().toLowerCase(Locale.ROOT)).contains("accept-encoding");
        assertThat(answer.body().length).isLessThan(TEXT_10K.length() / 2);
        assertThat(decoded(encoding, answer.body())).isEqualTo(TEXT_10K);
    }

    @Test
    void shortTextStaysPlain() {
        Answer answer = appliance.send(Call.get(HOST, "/small.txt").header("Accept-Encoding", "gzip, br, zstd"));
        assertThat(answer.expect(200).header("Content-Encoding")).isEmpty();
        assertThat(answer.body()).hasSize(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/picture.png", "/archive.zip", "/video.mp4", "/font.woff2"})
    void compressedTypesStayAsTheyAre(String target) {
        Answer answer = appliance.send(Call.get(HOST, target).header("Accept-Encoding", "gzip, br, zstd"));
        assertThat(answer.expect(200).header("Content-Encoding")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip;q=0", "gzip;q=0, br;q=0, zstd;q=0", "deflate;q=0"})
    void refusedEncodingsAreNotUsed(String accepted) {
        Answer answer = appliance.send(Call.get(HOST, "/large.txt").header("Accept-Encoding", accepted));
        assertThat(answer.expect(200).header("Content-Encoding")).isEmpty();
        assertThat(answer.text()).isEqualTo(TEXT_10K);
    }

    @Test
    void compressedAndPlainNeverShareAStrongEtag() {
        String plain = appliance.get(HOST, "/large.txt").header("ETag").orElseThrow();
        String gzip = appliance
                .send(Call.get(HOST, "/large.txt").header("Accept-Encoding", "gzip"))
                .header("ETag")
                .orElseThrow();
        assertThat(gzip.startsWith("W/") || !gzip.equals(plain)).isTrue();
        assertThat(appliance
                        .send(Call.get(HOST, "/large.txt")
                                .header("Accept-Encoding", "gzip")
                                .header("If-None-Match", gzip))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void rangeIsNeverCutFromACompressedBody() {
        Answer answer = appliance.send(
                Call.get(HOST, "/large.txt").header("Accept-Encoding", "gzip").header("Range", "bytes=0-8999"));
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.text()).isEqualTo(TEXT_10K.substring(0, 9000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void filesAreOnlyRead(String method) throws Exception {
        Answer answer = appliance.send(Call.of(method, HOST, "/test.html").body("x"));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow").orElse("")).contains("GET", "HEAD");
        assertThat(Files.readString(appliance.siteDirectory(HOST).resolve("test.html")))
                .isEqualTo("<p>hello</p>");
    }

    @Test
    void manyRequestsOnOneConnectionAreAnsweredInOrder() {
        StringBuilder pipeline = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            pipeline.append("GET ")
                    .append(i % 2 == 0 ? "/test.html" : "/no-extension")
                    .append(" HTTP/1.1\r\nHost: ")
                    .append(HOST)
                    .append("\r\n\r\n");
        }
        try (Wire wire = appliance.connect()) {
            wire.send(pipeline.toString());
            for (int i = 0; i < 50; i++) {
                assertThat(wire.answer().text()).isEqualTo(i % 2 == 0 ? "<p>hello</p>" : "plain");
            }
        }
    }

    @Test
    void http10ClientIsServedAndClosed() {
        try (Wire wire = appliance.connect()) {
            wire.send("GET /test.html HTTP/1.0\r\nHost: " + HOST + "\r\n\r\n");
            assertThat(new String(wire.untilClosed(), StandardCharsets.UTF_8)).endsWith("<p>hello</p>");
        }
    }

    private static String decoded(String encoding, byte[] body) {
        return switch (encoding) {
            case "gzip" -> decoder(body, "gzip", "-dc");
            case "br" -> decoder(body, "brotli", "-dc");
            default -> decoder(body, "zstd", "-dc");
        };
    }

    private static String decoder(byte[] body, String... command) {
        return Command.of(command).input(body).run().expectSuccess().output();
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
