package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 on the plain port, by upgrade and by prior knowledge, gives the answers HTTP/1.1 gives. */
class H2cIT {
    private static final String HOST = "localhost";

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .site(
                    HOST,
                    site -> site.scripts("probe.php", "answer.php")
                            .file("page.html", "page")
                            .file("large.bin", HttpRequestsIT.noise(300_000)));

    @ParameterizedTest
    @ValueSource(strings = {"/page.html", "/missing.html", "/answer.php?status=201", "/.env", "/large.bin"})
    void answersAreThoseOfHttp11(String target) throws Exception {
        Answer first = appliance.get(HOST, target);
        HttpResponse<byte[]> second;
        try (HttpClient client = client()) {
            second = client.send(request(target).build(), HttpResponse.BodyHandlers.ofByteArray());
        }
        assertThat(second.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(second.statusCode()).isEqualTo(first.status());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("ETag")).isEqualTo(first.header("ETag"));
        assertThat(second.headers().firstValue("Content-Type")).isEqualTo(first.header("Content-Type"));
    }

    @Test
    void bodiesReachPhp() throws Exception {
        byte[] body = HttpRequestsIT.noise(200_000);
        try (HttpClient client = client()) {
            client.send(request("/page.html").build(), HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> response = client.send(
                    request("/probe.php")
                            .header("Content-Type", "application/octet-stream")
                            .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            Probe probe = Probe.of(new Answer(
                    response.statusCode(),
                    List.of(),
                    response.body().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    true));
            assertThat(probe.get("SERVER.SERVER_PROTOCOL")).isEqualTo("HTTP/2.0");
            assertThat(probe.get("SERVER.HTTP_HOST")).startsWith(HOST);
            assertThat(probe.get("input.md5")).isEqualTo(HttpRequestsIT.md5(body));
        }
    }

    @Test
    void manyStreamsShareAConnection() throws Exception {
        try (HttpClient client = client()) {
            client.send(request("/page.html").build(), HttpResponse.BodyHandlers.ofString());
            List<CompletableFuture<HttpResponse<String>>> responses = IntStream.range(0, 40)
                    .mapToObj(i -> client.sendAsync(
                            request("/answer.php?status=" + (200 + i % 3)).build(),
                            HttpResponse.BodyHandlers.ofString()))
                    .toList();
            for (int i = 0; i < responses.size(); i++) {
                assertThat(responses
                                .get(i)
                                .get(20, java.util.concurrent.TimeUnit.SECONDS)
                                .statusCode())
                        .isEqualTo(200 + i % 3);
            }
        }
    }

    @Test
    void priorKnowledgeIsAnsweredWithSettings() throws IOException {
        try (Wire wire = appliance.connect()) {
            wire.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").send(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
            byte[] frame = wire.input().readNBytes(9);
            assertThat(frame[3]).as("type of the first frame").isEqualTo((byte) 4);
        }
    }

    @Test
    void garbageAfterThePrefaceClosesTheConnection() {
        try (Wire wire = appliance.connect()) {
            wire.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                    .offer("x".repeat(100).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(wire.closesWithin(Duration.ofSeconds(10))).isTrue();
        }
        appliance.get(HOST, "/page.html").expect(200);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    private static HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + appliance.port() + target))
                .timeout(Duration.ofSeconds(30));
    }
}
