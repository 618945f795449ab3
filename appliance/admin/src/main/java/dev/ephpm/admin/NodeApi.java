package dev.ephpm.admin;

import dev.ephpm.config.HostAndPort;
import dev.ephpm.config.Secret;
import dev.ephpm.observe.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private HTTP interface of one node. Everything but {@code /health} wants {@code Authorization: Bearer <token>}.
 *
 * <table>
 *   <caption>Resources</caption>
 *   <tr><td>GET /health</td><td>200 when the node serves, else 503 with the reason</td></tr>
 *   <tr><td>GET /metrics</td><td>OpenMetrics text</td></tr>
 *   <tr><td>GET /api/sites, /api/sites/{name}</td><td>sites and their faults</td></tr>
 *   <tr><td>GET /api/workers</td><td>PHP workers and queue</td></tr>
 *   <tr><td>GET /api/db/digests?site={name}&amp;count={n}</td><td>a site's statements without their values, the costliest first</td></tr>
 *   <tr><td>GET /api/db/slow?site={name}</td><td>the last slow statements</td></tr>
 *   <tr><td>GET /api/config</td><td>configuration in force, secrets masked</td></tr>
 *   <tr><td>POST /api/reload</td><td>the same as SIGHUP</td></tr>
 * </table>
 */
public final class NodeApi {
    private static final Logger LOG = LoggerFactory.getLogger(NodeApi.class);
    private static final String BEARER = "Bearer ";
    private static final String SITES = "/api/sites/";
    private static final int IDLE_SECONDS = 30;
    private static final int USUAL_DIGESTS = 50;
    private static final int MOST_DIGESTS = 1000;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    private final Vertx vertx;
    private final HostAndPort listen;
    private final byte[] token;
    private final NodeState state;
    private final Metrics metrics;
    private Optional<HttpServer> server = Optional.empty();

    public NodeApi(Vertx vertx, HostAndPort listen, Secret token, NodeState state, Metrics metrics) {
        this.vertx = vertx;
        this.listen = listen;
        this.token = token.value().getBytes(StandardCharsets.UTF_8);
        this.state = state;
        this.metrics = metrics;
    }

    /** Starts listening; gives the port. */
    public Future<Integer> start() {
        HttpServerOptions options = new HttpServerOptions().setIdleTimeout(IDLE_SECONDS);
        HttpServer created = vertx.createHttpServer(options);
        server = Optional.of(created);
        return created.requestHandler(this::handle)
                .listen(listen.port(), listen.host())
                .map(HttpServer::actualPort);
    }

    public Future<Void> close() {
        return server.map(HttpServer::close).orElseGet(Future::succeededFuture);
    }

    private void handle(HttpServerRequest request) {
        String path = request.path();
        if (path == null) {
            answer(request, NOT_FOUND, problem("no such resource"));
        } else if (path.equals("/health")) {
            health(request);
        } else if (!isAuthorized(request)) {
            request.response().putHeader("WWW-Authenticate", "Bearer");
            answer(request, UNAUTHORIZED, problem("send the token as Authorization: Bearer <token>"));
        } else if (path.equals("/api/reload")) {
            reload(request);
        } else if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            show(request, path);
        } else {
            answer(request, METHOD_NOT_ALLOWED, problem("only GET"));
        }
    }

    private void show(HttpServerRequest request, String path) {
        switch (path) {
            case "/metrics" ->
                request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, metrics.contentType())
                        .end(metrics.scrape());
            case "/api/sites" -> answer(request, OK, new JsonObject().put("sites", state.sites()));
            case "/api/workers" -> answer(request, OK, state.workers());
            case "/api/db/digests" -> showDigests(request);
            case "/api/db/slow" ->
                answer(
                        request,
                        OK,
                        new JsonObject()
                                .put("slow", state.slowStatements(Optional.ofNullable(request.getParam("site")))));
            case "/api/config" -> answer(request, OK, state.config());
            default -> showSite(request, path);
        }
    }

    private void showSite(HttpServerRequest request, String path) {
        Optional<JsonObject> site =
                path.startsWith(SITES) ? state.site(path.substring(SITES.length())) : Optional.empty();
        site.ifPresentOrElse(
                found -> answer(request, OK, found), () -> answer(request, NOT_FOUND, problem("no such resource")));
    }

    private void showDigests(HttpServerRequest request) {
        Optional<Integer> count = count(request.getParam("count"));
        if (count.isEmpty()) {
            answer(request, BAD_REQUEST, problem("count is a number from 1 to " + MOST_DIGESTS));
            return;
        }
        String site = String.valueOf(request.getParam("site"));
        state.digests(site, count.get())
                .ifPresentOrElse(
                        found -> answer(request, OK, found),
                        () -> answer(request, NOT_FOUND, problem("no statements of a site " + site)));
    }

    private static Optional<Integer> count(@Nullable String text) {
        if (text == null) {
            return Optional.of(USUAL_DIGESTS);
        }
        try {
            int count = Integer.parseInt(text);
            return count >= 1 && count <= MOST_DIGESTS ? Optional.of(count) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private void health(HttpServerRequest request) {
        Optional<String> obstacle = state.obstacle();
        answer(
                request,
                obstacle.isEmpty() ? OK : UNAVAILABLE,
                new JsonObject().put("status", obstacle.orElse("serving")));
    }

    private void reload(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.POST)) {
            answer(request, METHOD_NOT_ALLOWED, problem("only POST"));
            return;
        }
        state.reload()
                .onSuccess(report -> answer(request, OK, report))
                .onFailure(failure -> answer(request, CONFLICT, problem(String.valueOf(failure.getMessage()))));
    }

    private boolean isAuthorized(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.startsWith(BEARER)) {
            return false;
        }
        byte[] offered = header.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(offered, token);
    }

    private static JsonObject problem(String message) {
        return new JsonObject().put("error", message);
    }

    private static void answer(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body.encodePrettily() + "\n")
                .onFailure(failure -> LOG.debug("A client of the Node API left: {}", failure.toString()));
    }
}
