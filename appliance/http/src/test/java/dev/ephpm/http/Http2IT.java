package dev.ephpm.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 without TLS, by prior knowledge, gives the answers of HTTP/1.1. */
class Http2IT {
    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));

    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer(Configs.maxBody(100_000), directory);
        server.file("a.html", "<p>a</p>");
        server.file("large.bin", new byte[2_000_000]);
        server.file("run.php", "");
    }

    @AfterEach
    void stop() {
        Async.await(client.close());
        Async.await(vertx.close());
        server.close();
    }

    private record Reply(int status, Map<String, String> headers, Buffer body) {}

    private Reply ask(HttpMethod method, String target, Buffer body) {
        return Async.await(send(method, target, body));
    }

    private Future<Reply> send(HttpMethod method, String target, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setURI(target)
                .setServer(io.vertx.core.net.SocketAddress.inetSocketAddress(server.port(), "127.0.0.1"));
        return client.request(options)
                .compose(request -> {
                    request.authority(HostAndPort.create("a.test", 80));
                    request.putHeader("cookie", "a=1");
                    return request.send(body);
                })
                .compose(response -> {
                    assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
                    Map<String, String> headers = new java.util.HashMap<>();
                    response.headers().forEach(headers::put);
                    return response.body().map(all -> new Reply(response.statusCode(), headers, all));
                });
    }

    @Test
    void filesAndScriptsAnswer() {
        Reply file = ask(HttpMethod.GET, "/a.html", Buffer.buffer());
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.body().toString()).isEqualTo("<p>a</p>");
        assertThat(file.headers()).containsEntry("content-type", "text/html; charset=utf-8");
        assertThat(ask(HttpMethod.GET, "/large.bin", Buffer.buffer()).body().length())
                .isEqualTo(2_000_000);
        assertThat(ask(HttpMethod.GET, "/..%2fx", Buffer.buffer()).status()).isEqualTo(400);
        server.php.script("/run.php", FakePhp.ECHO);
        assertThat(ask(HttpMethod.POST, "/run.php", Buffer.buffer("hello"))
                        .body()
                        .toString())
                .isEqualTo("hello");
        assertThat(server.php.requests().getLast().serverVariables())
                .containsEntry("SERVER_PROTOCOL", "HTTP/2.0")
                .containsEntry("HTTP_HOST", "a.test")
                .containsEntry("SERVER_NAME", "a.test")
                .containsEntry("CONTENT_LENGTH", "5");
        assertThat(ask(HttpMethod.POST, "/run.php", Buffer.buffer(new byte[200_000]))
                        .status())
                .isEqualTo(413);
        assertThat(ask(HttpMethod.HEAD, "/a.html", Buffer.buffer()).headers()).containsEntry("content-length", "8");
    }

    @Test
    void aFirstRequestMayUpgrade() throws Exception {
        try (java.net.http.HttpClient upgrading = java.net.http.HttpClient.newHttpClient()) {
            server.sites.put(dev.ephpm.sites.Site.FALLBACK, server.root);
            URI uri = URI.create("http://127.0.0.1:" + server.port() + "/a.html");
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> answer =
                        upgrading.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(answer.version()).isEqualTo(java.net.http.HttpClient.Version.HTTP_2);
                assertThat(answer.body()).isEqualTo("<p>a</p>");
            }
        }
    }

    @Test
    void noUpgradeInMidStreamOrWithABody() {
        String upgrade =
                "Host: a.test\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n";
        try (Wire wire = server.connect()) {
            assertThat(wire.send("GET /a.html HTTP/1.1\r\nHost: a.test\r\n\r\n")
                            .answer()
                            .status())
                    .isEqualTo(200);
            assertThat(wire.send("GET /a.html HTTP/1.1\r\n" + upgrade + "\r\n")
                            .answer()
                            .status())
                    .isEqualTo(200);
        }
        try (Wire wire = server.connect()) {
            wire.send("POST /run.php HTTP/1.1\r\n" + upgrade + "Content-Length: 2\r\n\r\nab");
            assertThat(wire.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void manyStreamsShareAConnection() {
        List<Future<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            replies.add(send(HttpMethod.GET, i % 2 == 0 ? "/a.html" : "/run.php", Buffer.buffer()));
        }
        for (Future<Reply> reply : replies) {
            assertThat(Async.await(reply).status()).isEqualTo(200);
        }
        assertThat(server.frontend.inFlight()).isZero();
    }

    @Test
    void idleConnectionsAreClosed() {
        server.close();
        server = new TestServer(Configs.timeouts(60_000, 400, 60_000), directory);
        Future<Void> closed = Async.await(client.request(new RequestOptions()
                        .setURI("/a.html")
                        .setServer(io.vertx.core.net.SocketAddress.inetSocketAddress(server.port(), "127.0.0.1")))
                .compose(request -> {
                    request.authority(HostAndPort.create("a.test", 80));
                    io.vertx.core.Promise<Void> gone = io.vertx.core.Promise.promise();
                    request.connection().closeHandler(gone::complete);
                    return request.send().compose(response -> response.body()).map(body -> gone.future());
                }));
        long start = System.nanoTime();
        Async.await(closed);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
