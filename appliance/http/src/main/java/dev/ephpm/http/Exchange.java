package dev.ephpm.http;

import dev.ephpm.phpbridge.PhpResponse;
import io.netty.channel.Channel;
import io.netty.channel.DefaultFileRegion;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxConnection;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request and its response, from the first guard to the access log. Confined to the connection's event loop. */
final class Exchange {
    /** The client went away before the response was complete, as nginx writes it. */
    static final int CLIENT_CLOSED_REQUEST = 499;

    /** How long a refused client may go on sending before the connection is cut: long enough to read the answer. */
    private static final long LINGER_MILLIS = 1000;

    /** What produced the response. */
    enum Source {
        STATIC,
        PHP,
        SERVER
    }

    private final Pipeline pipeline;
    private final EventLoopState loop;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final ClientConnection connection;
    private final long startNanos;
    private final boolean hasBody;
    private Source source = Source.SERVER;
    private @Nullable RequestTarget target;
    private @Nullable HostMatch host;
    private @Nullable PhpResponse php;
    private @Nullable CharSequence errorHeader;
    private CharSequence errorHeaderValue = "";
    private final List<Runnable> atFinish = new ArrayList<>(0);
    private long fileBytes;
    private boolean watched;
    private boolean finished;
    private boolean closing;

    Exchange(Pipeline pipeline, EventLoopState loop, HttpServerRequest request) {
        this.pipeline = pipeline;
        this.loop = loop;
        this.request = request;
        this.response = request.response();
        this.connection = connectionOf(request);
        this.startNanos = System.nanoTime();
        this.hasBody = hasBody(request);
        if (hasBody) {
            request.pause();
        }
        connection.requestBegan();
        pipeline.meters().began();
    }

    private static ClientConnection connectionOf(HttpServerRequest request) {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        return GatedNetServer.connectionOf(channel);
    }

    private static boolean hasBody(HttpServerRequest request) {
        MultiMap headers = request.headers();
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            return !length.equals("0");
        }
        if (request.version() == HttpVersion.HTTP_2) {
            HttpMethod method = request.method();
            return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
        }
        return headers.contains(HttpHeaders.TRANSFER_ENCODING);
    }

    HttpServerRequest request() {
        return request;
    }

    HttpServerResponse response() {
        return response;
    }

    EventLoopState loop() {
        return loop;
    }

    long startNanos() {
        return startNanos;
    }

    /** The body is paused until somebody wants it. */
    boolean hasBody() {
        return hasBody;
    }

    boolean isHead() {
        return request.method().equals(HttpMethod.HEAD);
    }

    RequestTarget target() {
        RequestTarget parsed = target;
        if (parsed == null) {
            parsed = RequestTarget.parse(request.uri());
            target = parsed;
        }
        return parsed;
    }

    void matched(HostMatch match) {
        host = match;
    }

    @Nullable
    HostMatch host() {
        return host;
    }

    SiteState site() {
        HostMatch match = host;
        if (match == null) {
            throw new IllegalStateException("the site of this request is not decided yet");
        }
        return match.state();
    }

    Source source() {
        return source;
    }

    void source(Source produced) {
        source = produced;
    }

    boolean isFinished() {
        return finished;
    }

    /** From now on the request outlives the current event: watch for the client leaving and for the time limit. */
    void watch() {
        if (watched || finished) {
            return;
        }
        watched = true;
        connection.watch(this);
        response.closeHandler(closed -> clientGone());
        response.exceptionHandler(failure -> clientGone());
        if (hasBody) {
            request.exceptionHandler(failure -> clientGone());
        }
    }

    /** The PHP response to give up when the client leaves; given up at once when it has left already. */
    void runs(PhpResponse running) {
        php = running;
        if (finished) {
            running.abandon();
        }
    }

    /** PHP's body has come to its end; there is nothing left to give up. */
    void phpEnded() {
        php = null;
    }

    /** Runs the action when the exchange is over, or now if it is. */
    void whenFinished(Runnable action) {
        if (finished) {
            action.run();
        } else {
            atFinish.add(action);
        }
    }

    /** A step that runs later than the request's own event; what it throws becomes the answer. */
    void step(Runnable step) {
        pipeline.guarded(this, step);
    }

    void failed(Throwable failure) {
        step(() -> {
            throw Pipeline.unchecked(failure);
        });
    }

    HttpMeters meters() {
        return pipeline.meters();
    }

    private void clientGone() {
        finish(CLIENT_CLOSED_REQUEST);
    }

    void checkTime(long nowNanos, long limitNanos) {
        if (finished || response.headWritten() || nowNanos - startNanos <= limitNanos) {
            return;
        }
        closing = true;
        error(hasBody && !request.isEnded() ? 408 : 504);
    }

    /** Server, Date and the configured headers; to be called once, before the head is sent. */
    void commonHeaders() {
        MultiMap headers = response.headers();
        pipeline.commonHeaders().addTo(headers, loop.date());
        if (closing || pipeline.isDraining()) {
            closeAfter(headers);
        }
    }

    private void closeAfter(MultiMap headers) {
        if (request.version() != HttpVersion.HTTP_2) {
            headers.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            closing = true;
        }
    }

    void refuse(Refusal refusal) {
        giveUp(refusal.status());
    }

    /** The connection is of no further use, whatever the answer. */
    void closeWhenDone() {
        closing = true;
    }

    /** A complete answer without content of its own. Does nothing when the head has been sent. */
    void error(int status) {
        error(status, status == 503 ? 1 : 0);
    }

    /** @param retryAfterSeconds when the client may try again; 0 = not said */
    void error(int status, long retryAfterSeconds) {
        if (finished || response.headWritten()) {
            return;
        }
        // After a malformed request nobody can be sure where the next one begins.
        if (status == 400 || (hasBody && !request.isEnded())) {
            closing = true;
        }
        response.headers().clear();
        response.setStatusCode(status);
        commonHeaders();
        ErrorPage page = ErrorPage.of(status);
        response.headers().set(HttpHeaders.CONTENT_TYPE, ErrorPage.CONTENT_TYPE);
        if (errorHeader != null) {
            response.headers().set(errorHeader, errorHeaderValue);
        }
        if (retryAfterSeconds > 0) {
            response.headers().set("retry-after", Long.toString(retryAfterSeconds));
        }
        end(page.body());
    }

    void methodNotAllowed(String allowed) {
        errorHeader = HttpHeaders.ALLOW;
        errorHeaderValue = allowed;
        error(405);
    }

    void rangeNotSatisfiable(String contentRange) {
        errorHeader = HttpHeaders.CONTENT_RANGE;
        errorHeaderValue = contentRange;
        error(416);
    }

    /** Ends the response with its last or only content; for HEAD only the length is sent. */
    void end(Buffer content) {
        if (isHead()) {
            if (!response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
                response.headers().set(HttpHeaders.CONTENT_LENGTH, Integer.toString(content.length()));
            }
            response.end();
        } else {
            response.end(content);
        }
        finish(response.getStatusCode());
    }

    /** Ends a response without content. */
    void end() {
        if (response.getStatusCode() == 204) {
            // Vert.x would announce a length of 0, which RFC 9110 §8.6 forbids here.
            response.headersEndHandler(sent -> response.headers().remove(HttpHeaders.CONTENT_LENGTH));
        }
        response.end();
        finish(response.getStatusCode());
    }

    /** Counts and logs, once; gives up what still runs; leaves the connection ready for the next request. */
    void finish(int status) {
        if (finished) {
            return;
        }
        finished = true;
        long now = System.nanoTime();
        connection.requestEnded(this, now);
        PhpResponse running = php;
        if (running != null) {
            running.abandon();
        }
        pipeline.finished(this, status, now - startNanos);
        atFinish.forEach(Runnable::run);
        settle();
    }

    /** An error page while that is still possible, else a broken connection. */
    void giveUp(int status) {
        if (finished) {
            return;
        }
        if (response.headWritten()) {
            breakOff();
        } else {
            error(status);
        }
    }

    /** Breaks the connection (or stream) because the response cannot be completed truthfully. */
    void breakOff() {
        finish(response.getStatusCode());
        if (request.version() == HttpVersion.HTTP_2) {
            response.reset(2);
        } else {
            request.connection().close();
        }
    }

    private void settle() {
        boolean unread = hasBody && !request.isEnded();
        if (unread) {
            request.handler(null);
            request.resume();
        }
        if (!closing || request.version() == HttpVersion.HTTP_2) {
            return;
        }
        if (unread) {
            pipeline.vertx()
                    .setTimer(LINGER_MILLIS, timer -> request.connection().close());
        } else {
            request.connection().close();
        }
    }

    /** Logged as it was received; never trusted. */
    String uriForLog() {
        return request.uri() == null ? "" : request.uri();
    }

    /** Whether the kernel can copy files to this connection: not through TLS or HTTP/2 frames. */
    boolean takesFileRegions() {
        return request.connection() instanceof VertxConnection http
                && http.channel().pipeline().get("chunkedWriter") == null;
    }

    /**
     * Sends part of a file after the headers, which include its length, have been set. Closes the file in any case.
     * Vert.x's own sendFile would log every client that leaves as an error.
     */
    Future<Void> sendRegion(FileChannel file, long offset, long length) {
        response.writeHead();
        Promise<Void> sent = Promise.promise();
        // The region closes the file when it is released, sent or not.
        ((VertxConnection) request.connection()).writeToChannel(new DefaultFileRegion(file, offset, length), sent);
        return sent.future().compose(done -> {
            fileBytes = length;
            return response.end();
        });
    }

    /** Body bytes given to the connection. */
    long bytesSent() {
        return response.bytesWritten() + fileBytes;
    }
}
