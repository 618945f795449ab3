package dev.ephpm.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Stands before Vert.x's protocol detection on a clear-text connection. As soon as the first bytes show that this is
 * HTTP/1 it puts the strict decoder in the place of the lenient one, before any of them has been decoded, and leaves.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The connection ends either way.
final class ConnectionGate extends ChannelInboundHandlerAdapter {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** No HTTP/1 method starts like this, so what goes on differently is neither HTTP/1 nor HTTP/2. */
    private static final int CERTAINLY_HTTP_2 = 3;

    private final HttpServerOptions options;
    private final ClientConnection connection;
    private int matched;

    ConnectionGate(HttpServerOptions options, ClientConnection connection) {
        this.options = options;
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        connection.receiving(ClientConnection.Receiving.HEAD, System.nanoTime());
        int known = matched;
        int mismatch = mismatch(bytes);
        if (mismatch >= 0 && (known + mismatch >= CERTAINLY_HTTP_2 || startsWithBlank(bytes, known + mismatch))) {
            bytes.release();
            refuse(context);
            return;
        }
        if (mismatch < 0) {
            if (matched == PREFACE.length) {
                connection.receiving(ClientConnection.Receiving.NOTHING, System.nanoTime());
                context.pipeline().remove(this);
            }
            context.fireChannelRead(bytes);
            return;
        }
        // The byte that decides goes first, alone: it makes Vert.x build its HTTP/1 pipeline without decoding anything.
        context.fireChannelRead(bytes.readRetainedSlice(mismatch + 1));
        installStrictDecoder(context);
        context.fireChannelRead(bytes);
        context.pipeline().remove(this);
    }

    /** Index of the first byte that does not belong to the preface; negative when all do. */
    private int mismatch(ByteBuf bytes) {
        int readable = bytes.readableBytes();
        for (int i = 0; i < readable && matched < PREFACE.length; i++) {
            if (bytes.getByte(bytes.readerIndex() + i) != PREFACE[matched]) {
                return i;
            }
            matched++;
        }
        return -1;
    }

    /** The lenient decoder would skip it before the strict one is there. */
    private static boolean startsWithBlank(ByteBuf bytes, int position) {
        if (position > 0) {
            return false;
        }
        byte first = bytes.getByte(bytes.readerIndex());
        return first >= 0 && first <= ' ' && first != '\r' && first != '\n';
    }

    private void installStrictDecoder(ChannelHandlerContext context) {
        if (context.pipeline().get(VertxHttpRequestDecoder.class) != null) {
            context.pipeline()
                    .replace(
                            VertxHttpRequestDecoder.class,
                            "httpDecoder",
                            new StrictRequestDecoder(options, connection));
        }
    }

    private static void refuse(ChannelHandlerContext context) {
        context.writeAndFlush(RawResponses.badRequest(context.alloc())).addListener(ChannelFutureListener.CLOSE);
    }
}
