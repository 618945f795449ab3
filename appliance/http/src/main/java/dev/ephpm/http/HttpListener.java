package dev.ephpm.http;

import dev.ephpm.config.HostAndPort;
import dev.ephpm.config.ServerConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop's share of a listening address. All listeners of an address accept from the same socket. */
final class HttpListener extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(HttpListener.class);

    /** Method, blanks and version around the target in a request line. */
    private static final int REQUEST_LINE_FRAME = 64;

    private final HostAndPort address;
    private final Supplier<Pipeline> pipeline;
    private final Connections connections;
    private @Nullable HttpServer server;

    /** @param pipeline asked for every request, so that a reload takes effect on open connections */
    HttpListener(HostAndPort address, Supplier<Pipeline> pipeline, AtomicInteger totalConnections) {
        this.address = address;
        this.pipeline = pipeline;
        this.connections = new Connections(totalConnections);
    }

    @Override
    public Future<?> start() {
        ServerConfig config = pipeline.get().config();
        HttpServerOptions options = options(config);
        EventLoopState loop = new EventLoopState(vertx);
        HttpServer created = new HttpServerImpl(
                new GatedVertx(
                        (VertxInternal) vertx,
                        options,
                        connections,
                        () -> pipeline.get().config().maxConnections()),
                options);
        created.exceptionHandler(failure -> log.debug("connection failed: {}", failure.toString()));
        created.requestHandler(request -> pipeline.get().handle(request, loop));
        created.invalidRequestHandler(request -> pipeline.get().handleInvalid(request, loop));
        server = created;
        vertx.setPeriodic(
                Connections.checkIntervalMillis(config.timeouts()),
                timer -> connections.check(pipeline.get().config().timeouts()));
        // A negative port is Vert.x's way to share one port chosen by the system between listeners.
        int port = address.port() == 0 ? -1 : address.port();
        return created.listen(port, address.host());
    }

    private static HttpServerOptions options(ServerConfig config) {
        int maxHeaders = Math.toIntExact(config.request().maxHeaderSize().bytes());
        return new HttpServerOptions()
                .setMaxInitialLineLength(
                        Math.toIntExact(config.request().maxUriLength().bytes()) + REQUEST_LINE_FRAME)
                .setMaxHeaderSize(maxHeaders)
                .setInitialSettings(
                        new Http2Settings().setMaxConcurrentStreams(128).setMaxHeaderListSize(maxHeaders))
                .setHandle100ContinueAutomatically(false)
                .setCompressionSupported(false)
                .setDecompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setStrictThreadMode(true)
                .setUseProxyProtocol(config.proxyProtocol())
                .setProxyProtocolTimeout(config.timeouts().headerRead().toMillis())
                .setProxyProtocolTimeoutUnit(TimeUnit.MILLISECONDS)
                .setAcceptBacklog(4096)
                .setTcpNoDelay(true);
    }

    int port() {
        HttpServer listening = server;
        return listening == null ? 0 : listening.actualPort();
    }

    /** Accepts nothing more, lets running requests end within the limit, then closes what is left. */
    Future<Void> drain(Duration limit) {
        HttpServer listening = server;
        if (listening == null) {
            return Future.succeededFuture();
        }
        context.runOnContext(turn -> connections.drain());
        return listening.shutdown(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
    }
}
