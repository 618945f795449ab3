package dev.ephpm.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.config.HostAndPort;
import dev.ephpm.config.Secret;
import dev.ephpm.observe.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeApiIT {
    private static final String TOKEN = "0123456789abcdef0123";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final FakeNode node = new FakeNode();
    private final NodeApi api =
            new NodeApi(vertx, new HostAndPort("127.0.0.1", 0), new Secret(TOKEN), node, new Metrics());
    private int port;

    @BeforeEach
    void start() {
        port = api.start().await();
    }

    @AfterEach
    void stop() {
        client.close();
        api.close().await();
        vertx.close().await();
    }

    @Test
    void everythingButHealthWantsTheToken() throws Exception {
        for (String path : new String[] {"/metrics", "/api/sites", "/api/workers", "/api/config", "/api/x", "/"}) {
            assertThat(get(path, "").statusCode()).isEqualTo(401);
            assertThat(get(path, "Bearer wrong").statusCode()).isEqualTo(401);
            assertThat(get(path, "Basic " + TOKEN).statusCode()).isEqualTo(401);
        }
        assertThat(get("/health", "").statusCode()).isEqualTo(200);
    }

    @Test
    void healthGivesTheReason() throws Exception {
        node.obstacle = Optional.of("php is starting");

        HttpResponse<String> response = get("/health", "");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(response.body()).getString("status")).isEqualTo("php is starting");
    }

    @Test
    void metricsAreOpenMetrics() throws Exception {
        HttpResponse<String> response = get("/metrics", "Bearer " + TOKEN);

        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
        assertThat(response.body()).endsWith("# EOF\n");
    }

    @Test
    void sitesAreShown() throws Exception {
        assertThat(json("/api/sites").getJsonArray("sites").getJsonObject(0).getString("name"))
                .isEqualTo("a.test");
        assertThat(json("/api/sites/a.test").getString("name")).isEqualTo("a.test");
        assertThat(get("/api/sites/b.test", "Bearer " + TOKEN).statusCode()).isEqualTo(404);
        assertThat(json("/api/workers").getInteger("workers")).isEqualTo(4);
        assertThat(json("/api/config").getString("x")).isEqualTo("y");
    }

    @Test
    void statementsOfASiteAreShown() throws Exception {
        assertThat(json("/api/db/digests?site=a.test").getInteger("count")).isEqualTo(50);
        assertThat(json("/api/db/digests?site=a.test&count=3").getInteger("count"))
                .isEqualTo(3);
        for (String count : new String[] {"0", "x", "1001", "-1", ""}) {
            assertThat(get("/api/db/digests?site=a.test&count=" + count, "Bearer " + TOKEN)
                            .statusCode())
                    .as(count)
                    .isEqualTo(400);
        }
        assertThat(get("/api/db/digests?site=b.test", "Bearer " + TOKEN).statusCode())
                .isEqualTo(404);
        assertThat(get("/api/db/digests", "Bearer " + TOKEN).statusCode()).isEqualTo(404);
        assertThat(json("/api/db/slow").getJsonArray("slow").getString(0)).isEqualTo("all");
        assertThat(json("/api/db/slow?site=a.test").getJsonArray("slow").getString(0))
                .isEqualTo("a.test");
    }

    @Test
    void reloadIsAPost() throws Exception {
        assertThat(get("/api/reload", "Bearer " + TOKEN).statusCode()).isEqualTo(405);
        assertThat(post("/api/reload").statusCode()).isEqualTo(200);

        node.reloadFails = true;
        HttpResponse<String> refused = post("/api/reload");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("ephpm.toml:3:1");
    }

    private JsonObject json(String path) throws Exception {
        HttpResponse<String> response = get(path, "Bearer " + TOKEN);
        assertThat(response.statusCode()).isEqualTo(200);
        return new JsonObject(response.body());
    }

    private HttpResponse<String> get(String path, String authorization) throws Exception {
        return send(request(path, authorization).GET());
    }

    private HttpResponse<String> post(String path) throws Exception {
        return send(request(path, "Bearer " + TOKEN).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path, String authorization) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return authorization.isEmpty() ? builder : builder.header("Authorization", authorization);
    }

    private HttpResponse<String> send(HttpRequest.Builder builder) throws Exception {
        return client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static final class FakeNode implements NodeState {
        Optional<String> obstacle = Optional.empty();
        boolean reloadFails;

        @Override
        public Optional<String> obstacle() {
            return obstacle;
        }

        @Override
        public JsonArray sites() {
            return new JsonArray().add(new JsonObject().put("name", "a.test"));
        }

        @Override
        public Optional<JsonObject> site(String name) {
            return name.equals("a.test") ? Optional.of(new JsonObject().put("name", name)) : Optional.empty();
        }

        @Override
        public JsonObject workers() {
            return new JsonObject().put("workers", 4);
        }

        @Override
        public Optional<JsonObject> digests(String site, int count) {
            return site.equals("a.test") ? Optional.of(new JsonObject().put("count", count)) : Optional.empty();
        }

        @Override
        public JsonArray slowStatements(Optional<String> site) {
            return new JsonArray().add(site.orElse("all"));
        }

        @Override
        public JsonObject config() {
            return new JsonObject().put("x", "y");
        }

        @Override
        public Future<JsonObject> reload() {
            return reloadFails
                    ? Future.failedFuture("ephpm.toml:3:1: server.lisen: unknown key")
                    : Future.succeededFuture(new JsonObject().put("applied", new JsonArray()));
        }
    }
}
