package dev.ephpm.http;

import dev.ephpm.config.ServerConfig;
import dev.ephpm.observe.Metrics;
import dev.ephpm.phpbridge.PhpEngine;
import dev.ephpm.phpbridge.PhpTenant;
import dev.ephpm.sites.Site;
import dev.ephpm.sites.Sites;
import dev.ephpm.sites.SitesListener;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side of a node: listeners on the site port and the pipeline behind them. All methods are thread-safe. */
public final class HttpFrontend {
    private static final Logger log = LoggerFactory.getLogger(HttpFrontend.class);

    private final Vertx vertx;
    private final Sites sites;
    private final Surroundings surroundings;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final List<HttpListener> listeners = new CopyOnWriteArrayList<>();
    private volatile Pipeline pipeline;

    /**
     * @param tenants makes the PHP tenant of a site, on a worker thread, once per version of the site
     * @throws HttpException when a pattern or range in the configuration cannot be read
     */
    public HttpFrontend(
            Vertx vertx,
            ServerConfig config,
            Sites sites,
            PhpEngine php,
            Function<Site, PhpTenant> tenants,
            Readiness readiness,
            Metrics metrics) {
        this.vertx = vertx;
        this.sites = sites;
        this.surroundings = new Surroundings(
                php,
                tenants,
                readiness,
                new HttpMeters(metrics),
                new AccessLog(config.logging()),
                Compressor.available(),
                draining);
        this.pipeline = new Pipeline(vertx, config, sites, surroundings);
        sites.addListener(new Forgetting());
    }

    /** Listens with one listener per core; fails with {@link HttpException} when the address cannot be had. */
    public Future<Void> start() {
        DeploymentOptions options =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        ServerConfig config = pipeline.config();
        return vertx.deployVerticle(
                        () -> {
                            HttpListener listener = new HttpListener(
                                    config.listen(),
                                    () -> pipeline,
                                    surroundings.meters().connections());
                            listeners.add(listener);
                            return listener;
                        },
                        options)
                .recover(failure -> Future.failedFuture(new HttpException(
                        "cannot listen on " + config.listen() + ": " + failure.getMessage()
                                + ". Stop what uses the port or change server.listen",
                        failure)))
                .onSuccess(deployed -> log.info("serving sites on port {}", port()))
                .mapEmpty();
    }

    /** The port sites are served on, chosen by the system when 0 was configured; 0 before {@link #start()}. */
    public int port() {
        return listeners.isEmpty() ? 0 : listeners.getFirst().port();
    }

    /** Requests begun and not yet answered. */
    public int inFlight() {
        return surroundings.meters().inFlight();
    }

    /**
     * Applies a new configuration to the next request of every connection; running requests end under the old one.
     *
     * @return the keys that changed but need a restart, empty when everything is in effect
     * @throws HttpException when the configuration cannot be used; the old one then stays
     */
    public List<String> reload(ServerConfig config) {
        ServerConfig before = pipeline.config();
        pipeline = new Pipeline(vertx, config, sites, surroundings);
        surroundings.accessLog().reload(config.logging());
        List<String> restart = new ArrayList<>();
        note(restart, "server.listen", before.listen(), config.listen());
        note(restart, "server.proxy_protocol", before.proxyProtocol(), config.proxyProtocol());
        note(
                restart,
                "server.request.max_header_size",
                before.request().maxHeaderSize(),
                config.request().maxHeaderSize());
        if (config.request().maxUriLength().bytes()
                > before.request().maxUriLength().bytes()) {
            restart.add("server.request.max_uri_length");
        }
        return restart;
    }

    private static void note(List<String> restart, String key, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            restart.add(key);
        }
    }

    /** Opens the access log again under its name, after it has been rotated. */
    public void reopenLogs() {
        surroundings.accessLog().reopen();
    }

    /**
     * Accepts no further connections and requests, lets running ones end, then closes what is left.
     *
     * @param limit how long running requests may take
     */
    public Future<Void> drain(Duration limit) {
        draining.set(true);
        return Future.join(listeners.stream()
                        .map(listener -> listener.drain(limit))
                        .toList())
                .compose(done -> vertx.<Void>executeBlocking(() -> {
                    surroundings.accessLog().close();
                    return null;
                }));
    }

    /** Lets go of what is remembered of sites that are no longer as they were. */
    private final class Forgetting implements SitesListener {
        @Override
        public void added(Site site) {
            pipeline.forget(site.name());
        }

        @Override
        public void changed(Site before, Site after) {
            pipeline.forget(before.name());
        }

        @Override
        public void removed(Site site) {
            pipeline.forget(site.name());
            surroundings.meters().forget(site.name());
        }
    }
}
