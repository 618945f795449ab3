package dev.ephpm.phpbridge;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Unix socket workers connect to. Its directory is closed to others, and a connection that does not begin with the
 * token of the present start is closed: PHP code of a site may open Unix sockets too.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class WorkerEndpoint {
    private static final Logger LOGGER = LoggerFactory.getLogger(WorkerEndpoint.class);
    private static final int HELLO_LIMIT = 256;
    private static final long HELLO_MILLIS = 2000;

    private final VertxInternal vertx;
    private final WorkerPool pool;
    private final WorkerControl control;
    private final AtomicReference<byte[]> token = new AtomicReference<>(new byte[0]);
    private @Nullable Channel server;

    WorkerEndpoint(VertxInternal vertx, WorkerPool pool, WorkerControl control) {
        this.vertx = vertx;
        this.pool = pool;
        this.control = control;
    }

    /** From now on only this token opens a connection. */
    void accept(byte[] freshToken) {
        token.set(freshToken.clone());
    }

    Future<Void> listen(Path socket) {
        Promise<Void> promise = Promise.promise();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(vertx.nettyEventLoopGroup())
                .channelFactory(vertx.transport().serverChannelFactory(true))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Connection());
                    }
                });
        bootstrap
                .bind(vertx.transport().convert(SocketAddress.domainSocketAddress(socket.toString())))
                .addListener((ChannelFuture bound) -> {
                    if (bound.isSuccess()) {
                        server = bound.channel();
                        promise.complete();
                    } else {
                        promise.fail(new PhpException(
                                PhpException.Reason.UNAVAILABLE,
                                "cannot listen for PHP workers on " + socket + ": "
                                        + bound.cause().getMessage() + "; check the run directory",
                                bound.cause()));
                    }
                });
        return promise.future();
    }

    void close() {
        if (server != null) {
            server.close();
        }
    }

    /** A connection, first unknown, then a worker's. */
    private final class Connection extends ChannelInboundHandlerAdapter {
        private final FrameReader reader = new FrameReader(HELLO_LIMIT);
        private @Nullable Worker worker;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.executor()
                    .schedule(
                            () -> {
                                if (worker == null) {
                                    context.close();
                                }
                            },
                            HELLO_MILLIS,
                            TimeUnit.MILLISECONDS);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            reader.read((ByteBuf) message, frame -> received(context, frame));
        }

        private void received(ChannelHandlerContext context, WorkerFrame frame) {
            if (worker != null) {
                worker.received(frame);
            } else if (frame instanceof WorkerFrame.Hello hello && isOurs(hello)) {
                reader.limit(Frames.LIMIT);
                Worker greeted = new Worker(context.channel(), hello, control, pool::idle);
                worker = greeted;
                pool.joined(greeted);
            } else if (context.channel().isOpen()) {
                LOGGER.warn("refused a connection to the PHP workers' socket that did not know the token");
                context.close();
            }
        }

        private boolean isOurs(WorkerFrame.Hello hello) {
            byte[] expected = token.get();
            return expected.length == Frames.TOKEN && MessageDigest.isEqual(expected, hello.token());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (worker != null) {
                pool.left(worker);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (worker != null && cause instanceof PhpException) {
                LOGGER.warn("{}", cause.getMessage());
                worker.kill();
            } else if (worker != null) {
                LOGGER.debug(
                        "connection of PHP worker {} failed", worker.hello().slot(), cause);
            }
            context.close();
        }
    }
}
