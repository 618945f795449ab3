package dev.ephpm.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Netty's decoder refuses bare line feeds, ambiguous lengths and bad header names. This one adds what it lets pass and
 * proxies disagree about: folded header lines, control characters in the request line, leading empty lines without end.
 * It also keeps the connection's clock, because only the decoder knows where a message begins and ends.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {
    private final ClientConnection connection;
    private boolean inBody;
    private boolean atRequestLine = true;
    private int endOfRequestLine = -1;
    private boolean seenRequest;
    private boolean broken;

    StrictRequestDecoder(HttpServerOptions options, ClientConnection connection) {
        super(options);
        this.connection = connection;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
        if (broken) {
            buffer.skipBytes(buffer.readableBytes());
            return;
        }
        if (!inBody && buffer.isReadable()) {
            if (connection.receiving() == ClientConnection.Receiving.NOTHING) {
                connection.receiving(ClientConnection.Receiving.HEAD, System.nanoTime());
            }
            String fault = faultInHead(buffer);
            if (fault != null) {
                refuse(fault, out);
                return;
            }
        }
        int before = out.size();
        super.decode(context, buffer, out);
        if (!inBody && endOfRequestLine >= 0 && buffer.readerIndex() >= endOfRequestLine) {
            atRequestLine = false;
        }
        for (int i = before; i < out.size(); i++) {
            decoded(out.get(i));
        }
    }

    private void decoded(Object message) {
        if (message instanceof HttpRequest request) {
            Refusal fault = request.decoderResult().isSuccess() ? faultIn(request) : null;
            if (fault != null) {
                // The answer is in a version we speak.
                request.setProtocolVersion(HttpVersion.HTTP_1_1);
                request.setDecoderResult(DecoderResult.failure(fault));
            }
            broken = request.decoderResult().isFailure();
            inBody = true;
            atRequestLine = true;
            if (!isPlainUpgrade(request)) {
                request.headers().remove(HttpHeaderNames.UPGRADE);
            }
            connection.receiving(ClientConnection.Receiving.BODY, System.nanoTime());
        }
        if (message instanceof LastHttpContent) {
            inBody = false;
            connection.receiving(ClientConnection.Receiving.NOTHING, System.nanoTime());
        }
    }

    /**
     * Only a first request without a body may change to h2c. One with a body, or in mid-stream, is more likely a way
     * around a proxy in front than a client that wants HTTP/2.
     */
    private boolean isPlainUpgrade(HttpRequest request) {
        boolean first = !seenRequest;
        seenRequest = true;
        HttpHeaders headers = request.headers();
        return first
                && request.decoderResult().isSuccess()
                && "h2c".equalsIgnoreCase(headers.get(HttpHeaderNames.UPGRADE))
                && headers.getAll("http2-settings").size() == 1
                && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
    }

    private static @Nullable Refusal faultIn(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return new Refusal(505, "unknown HTTP version");
        }
        String coding = request.headers().get(HttpHeaderNames.TRANSFER_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("chunked")) {
            return new Refusal(400, "unknown transfer coding");
        }
        return request.headers().contains("") ? new Refusal(400, "header without a name") : null;
    }

    /**
     * Looks at the part of a head that has arrived. Netty consumes whole lines, so the buffer starts at the beginning of a
     * line whenever this is called.
     */
    private @Nullable String faultInHead(ByteBuf buffer) {
        boolean requestLine = atRequestLine;
        int end = buffer.writerIndex();
        int line = buffer.readerIndex();
        endOfRequestLine = -1;
        while (line < end) {
            int feed = buffer.indexOf(line, end, (byte) '\n');
            int stop = feed < 0 ? end : feed;
            boolean empty = stop == line || (stop == line + 1 && buffer.getByte(line) == '\r');
            if (!empty && requestLine && hasControlCharacter(buffer, line, stop)) {
                return "control character in the request line";
            }
            if (!empty && isBlank(buffer.getByte(line))) {
                return "line of the head starts with a blank";
            }
            // An empty line before the request line is tolerated by RFC 9112 §2.2, one after it ends the head.
            if (feed < 0 || (empty && !requestLine)) {
                return null;
            }
            if (requestLine && !empty) {
                requestLine = false;
                endOfRequestLine = feed + 1;
            }
            line = feed + 1;
        }
        return null;
    }

    private static boolean isBlank(byte first) {
        return first == ' ' || first == '\t';
    }

    private static boolean hasControlCharacter(ByteBuf buffer, int start, int end) {
        for (int i = start; i < end; i++) {
            byte b = buffer.getByte(i);
            boolean lineEnd = b == '\r' && i == end - 1;
            if ((b >= 0 && b < ' ' && !lineEnd) || b == 0x7f) {
                return true;
            }
        }
        return false;
    }

    private void refuse(String fault, List<Object> out) {
        HttpMessage message = createInvalidMessage();
        message.setDecoderResult(DecoderResult.failure(new Refusal(400, fault)));
        out.add(message);
        broken = true;
        connection.receiving(ClientConnection.Receiving.NOTHING, System.nanoTime());
    }
}
