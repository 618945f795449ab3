package dev.ephpm.http;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.impl.NetServerInternal;
import java.util.function.IntSupplier;

/**
 * The Vert.x an HTTP server is made with, so that its TCP server is ours. Vert.x has no hook for accepted connections
 * before their first request, and that is where the strict decoder, the time limits and the connection limit belong.
 */
final class GatedVertx extends VertxWrapper {
    private final HttpServerOptions options;
    private final Connections connections;
    private final IntSupplier maxConnections;

    GatedVertx(VertxInternal vertx, HttpServerOptions options, Connections connections, IntSupplier maxConnections) {
        super(vertx);
        this.options = options;
        this.connections = connections;
        this.maxConnections = maxConnections;
    }

    @Override
    public NetServerInternal createNetServer(NetServerOptions ignored) {
        // The argument is a copy of our own options.
        return new GatedNetServer(delegate, options, connections, maxConnections);
    }
}
