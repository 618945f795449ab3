package dev.ephpm.http;

import dev.ephpm.config.ServerConfig;
import dev.ephpm.phpbridge.PhpException;
import dev.ephpm.sites.Sites;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a request, for one version of the configuration. Immutable; a reload makes a new one. */
final class Pipeline {
    private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

    private static final String OWN_PATHS = "/_ephpm/";
    private static final long MAX_CACHE_WEIGHT = 16L * 1024 * 1024;
    private static final int MAX_CACHE_ENTRIES = 8192;

    private final Vertx vertx;
    private final ServerConfig config;
    private final Surroundings surroundings;
    private final SiteStates states;
    private final HostGuard hosts;
    private final PathGuard guard;
    private final Resolver resolver;
    private final ResolutionCache cache = new ResolutionCache(MAX_CACHE_WEIGHT, MAX_CACHE_ENTRIES);
    private final StaticHandler staticHandler;
    private final PhpHandler phpHandler;
    private final CommonHeaders commonHeaders;
    private final TrustedProxies proxies;

    Pipeline(Vertx vertx, ServerConfig config, Sites sites, Surroundings surroundings) {
        this.vertx = vertx;
        this.config = config;
        this.surroundings = surroundings;
        this.proxies = new TrustedProxies(config.security().trustedProxies());
        this.states = new SiteStates(config, surroundings.tenants());
        this.hosts =
                new HostGuard(sites, states, new TrustedHosts(config.request().trustedHosts()), proxies);
        this.guard = new PathGuard(config.staticFiles().hiddenFiles(), config.security());
        this.resolver = new Resolver(config, guard);
        Negotiation negotiation = new Negotiation(surroundings.encodings());
        this.staticHandler = new StaticHandler(vertx, config.response(), negotiation, cache);
        this.phpHandler = new PhpHandler(vertx, config, surroundings.php(), proxies, negotiation);
        this.commonHeaders = new CommonHeaders(config.response());
        // Mistakes in the node-wide chain show at start, not at the first request.
        FallbackChain.parse(config.fallback());
    }

    ServerConfig config() {
        return config;
    }

    Vertx vertx() {
        return vertx;
    }

    HttpMeters meters() {
        return surroundings.meters();
    }

    CommonHeaders commonHeaders() {
        return commonHeaders;
    }

    boolean isDraining() {
        return surroundings.isDraining();
    }

    void forget(String siteName) {
        SiteState state = states.forget(siteName);
        if (state != null) {
            cache.forget(state);
        }
    }

    void handle(HttpServerRequest request, EventLoopState loop) {
        Exchange exchange = new Exchange(this, loop, request);
        guarded(exchange, () -> route(exchange));
    }

    /** Runs one step of an exchange; whatever it throws becomes the answer. */
    void guarded(Exchange exchange, Runnable step) {
        try {
            step.run();
        } catch (Refusal refusal) {
            exchange.refuse(refusal);
        } catch (PhpException failure) {
            PhpHandler.fail(exchange, failure);
        } catch (RuntimeException failure) {
            log.error("cannot answer a request: {}", failure.toString(), failure);
            exchange.giveUp(500);
        }
    }

    void handleInvalid(HttpServerRequest request, EventLoopState loop) {
        Throwable cause = request.decoderResult().cause();
        Exchange exchange = new Exchange(this, loop, request);
        exchange.closeWhenDone();
        if (cause instanceof TooLongHttpLineException) {
            exchange.error(414);
        } else if (cause instanceof TooLongHttpHeaderException) {
            exchange.error(431);
        } else {
            log.debug("bad request: {}", String.valueOf(cause));
            exchange.error(cause instanceof Refusal refusal ? refusal.status() : 400);
        }
    }

    private void route(Exchange exchange) {
        RequestTarget target = exchange.target();
        if (target.path().startsWith(OWN_PATHS) && answerOwnPath(exchange, target.path())) {
            return;
        }
        if (isDraining()) {
            throw new Refusal(503, "draining");
        }
        if (exchange.request().uri().length() > config.request().maxUriLength().bytes()) {
            throw new Refusal(414, "target too long");
        }
        HostMatch match = hosts.match(exchange, this);
        exchange.matched(match);
        SiteState state = match.state();
        if (state.fault().isPresent()) {
            throw new Refusal(503, "site is faulty");
        }
        RateLimit limit = state.rateLimit();
        if (limit != null && !limit.tryTake(exchange.startNanos())) {
            exchange.error(429, limit.retryAfterSeconds(exchange.startNanos()));
            return;
        }
        checkMethod(exchange.request().method());
        checkBody(exchange);
        dispatch(exchange, new ResolutionCache.Key(state, target.path()));
    }

    private boolean answerOwnPath(Exchange exchange, String path) {
        switch (path) {
            case "/_ephpm/health" -> answerPlainly(exchange, 200, "ok");
            case "/_ephpm/ready" -> {
                Optional<String> obstacle = isDraining()
                        ? Optional.of("draining")
                        : surroundings.readiness().obstacle();
                answerPlainly(exchange, obstacle.isEmpty() ? 200 : 503, obstacle.orElse("ready"));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void answerPlainly(Exchange exchange, int status, String word) {
        exchange.response().setStatusCode(status);
        exchange.response().headers().set(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.response().headers().set(HttpHeaders.CACHE_CONTROL, "no-store");
        if (status == 503) {
            exchange.response().headers().set("retry-after", "1");
        }
        exchange.commonHeaders();
        exchange.end(Buffer.buffer(word + "\n"));
    }

    private static void checkMethod(HttpMethod method) {
        // TRACE would show a script's cookies to scripts; CONNECT is for proxies.
        if (method.equals(HttpMethod.TRACE) || method.equals(HttpMethod.CONNECT)) {
            throw new Refusal(405, "method is never served");
        }
    }

    private void checkBody(Exchange exchange) {
        if (!exchange.hasBody()) {
            return;
        }
        HttpServerRequest request = exchange.request();
        long limit = config.request().maxBodySize().bytes();
        String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
        if (length != null && limit > 0 && contentLength(length) > limit) {
            throw new Refusal(413, "body too large");
        }
        String expect = request.headers().get("expect");
        if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
            throw new Refusal(417, "unknown expectation");
        }
    }

    static long contentLength(String value) {
        try {
            long length = Long.parseLong(value);
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException notANumber) {
            throw new Refusal(400, "invalid Content-Length");
        }
        throw new Refusal(400, "negative Content-Length");
    }

    private void dispatch(Exchange exchange, ResolutionCache.Key key) {
        long now = exchange.startNanos();
        ResolutionCache.Entry entry = cache.find(key, now);
        if (entry != null && entry.isUsable(now)) {
            meters().cacheHit();
            if (!entry.isFresh(now) && entry.startRefresh()) {
                refresh(key, entry);
            }
            answer(exchange, key, entry.resolution());
            return;
        }
        meters().cacheMiss();
        SitePath path = SitePath.decode(key.encodedPath());
        guard.check(path);
        Resolution previous = entry == null ? null : entry.resolution();
        exchange.watch();
        vertx.<Resolution>executeBlocking(() -> resolve(key, path, previous), false)
                .onComplete(done -> {
                    if (exchange.isFinished()) {
                        return;
                    }
                    guarded(exchange, () -> {
                        if (done.failed()) {
                            throw unchecked(done.cause());
                        }
                        answer(exchange, key, done.result());
                    });
                });
    }

    private Resolution resolve(ResolutionCache.Key key, SitePath path, @Nullable Resolution previous) {
        Resolution found = resolver.resolve(key.state(), path, previous);
        cache.store(key, found, System.nanoTime());
        return found;
    }

    private void refresh(ResolutionCache.Key key, ResolutionCache.Entry entry) {
        vertx.<Resolution>executeBlocking(
                        () -> resolve(key, SitePath.decode(key.encodedPath()), entry.resolution()), false)
                // The next request finds out for itself what is wrong.
                .onFailure(failure -> cache.remove(key));
    }

    static RuntimeException unchecked(Throwable failure) {
        return failure instanceof RuntimeException known ? known : new HttpException("request failed", failure);
    }

    private void answer(Exchange exchange, ResolutionCache.Key key, Resolution resolution) {
        switch (resolution) {
            case StaticFile file -> staticHandler.serve(exchange, key, file);
            case Resolution.Script script -> phpHandler.run(exchange, script);
            case Resolution.Redirect redirect -> redirect(exchange, redirect);
            case Resolution.Nothing nothing -> exchange.error(nothing.status());
        }
    }

    private static void redirect(Exchange exchange, Resolution.Redirect redirect) {
        HttpMethod method = exchange.request().method();
        boolean simple = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        String query = exchange.target().query();
        exchange.response().setStatusCode(simple ? 301 : 308);
        exchange.response()
                .headers()
                .set(HttpHeaders.LOCATION, redirect.encodedPath() + (query.isEmpty() ? "" : "?" + query));
        exchange.commonHeaders();
        exchange.end(Buffer.buffer());
    }

    void finished(Exchange exchange, int status, long nanos) {
        meters().finished(exchange, status, nanos);
        AccessLog accessLog = surroundings.accessLog();
        if (accessLog.isEnabled()) {
            accessLog.write(AccessLine.of(exchange, Client.of(exchange.request(), proxies), status, nanos));
        }
    }

    static boolean isHttp2(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2;
    }
}
