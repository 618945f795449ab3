package dev.ephpm.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetServerImpl;
import io.vertx.core.net.impl.NetServerInternal;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Vert.x's TCP server under its HTTP server, which counts connections and puts the {@link ConnectionGate} in front. */
@SuppressWarnings("FutureReturnValueIgnored") // The connection ends either way.
final class GatedNetServer extends NetServerImpl {
    private static final Logger log = LoggerFactory.getLogger(GatedNetServer.class);

    private final HttpServerOptions options;
    private final Connections connections;
    private final IntSupplier maxConnections;

    GatedNetServer(
            VertxInternal vertx, HttpServerOptions options, Connections connections, IntSupplier maxConnections) {
        super(vertx, options);
        this.options = options;
        this.connections = connections;
        this.maxConnections = maxConnections;
    }

    @Override
    protected void initChannel(ChannelPipeline pipeline, boolean ssl) {
        super.initChannel(pipeline, ssl);
        Channel channel = pipeline.channel();
        if (connections.admit(channel, maxConnections.getAsInt())) {
            pipeline.addLast("gate", new ConnectionGate(options, connectionOf(channel)));
        } else {
            channel.writeAndFlush(RawResponses.tooManyConnections(channel.alloc()))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public synchronized NetServerInternal connectHandler(Handler<NetSocket> handler) {
        return super.connectHandler(socket -> {
            Channel channel =
                    ((NetSocketInternal) socket).channelHandlerContext().channel();
            // Until HTTP takes over; a reset before the first byte is nothing to report.
            socket.exceptionHandler(failure -> log.debug("connection failed: {}", failure.toString()));
            if (channel.attr(ClientConnection.KEY).get() != null) {
                handler.handle(socket);
            }
        });
    }

    static ClientConnection connectionOf(Channel channel) {
        return channel.attr(ClientConnection.KEY).get();
    }
}
