package dev.ephpm.http;

import dev.ephpm.config.ResponseConfig;
import dev.ephpm.phpbridge.PhpOutcome;
import dev.ephpm.phpbridge.PhpResponse;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes one response of PHP to the client. What arrives together with the head is held back for one turn of the event
 * loop: a response that is complete by then goes out in one piece with its length, everything else as a stream.
 */
final class PhpReply {
    private static final Logger log = LoggerFactory.getLogger(PhpReply.class);

    /** More than this is not held back while PHP is still producing. */
    private static final int MAX_HELD_BACK = 64 * 1024;

    /** A finished response up to this size is compressed in one piece. */
    private static final int MAX_COMPRESSED_WHOLE = 512 * 1024;

    /** Bytes times level up to which compressing takes no longer than other work of an event loop. */
    private static final long MAX_COMPRESSED_ON_LOOP = 128 * 1024;

    /** How long compressed bytes may wait for more before they are made decodable for the client. */
    private static final long FLUSH_MILLIS = 10;

    private final Settings settings;
    private final Exchange exchange;
    private final PhpResponse php;
    private final HttpServerResponse response;
    private final PhpHeaders headers;
    private final boolean withoutBody;
    private final long length;
    private Buffer held = Buffer.buffer();
    private boolean committed;
    private boolean ended;
    private boolean flushPlanned;
    private boolean truncated;
    private long received;
    private @Nullable Compressor compressor;

    /**
     * What is the same for all responses.
     *
     * @param streamNegotiation prefers what needs little memory, as a slow client keeps its compressor for long
     */
    record Settings(Vertx vertx, ResponseConfig config, Negotiation negotiation, Negotiation streamNegotiation) {}

    PhpReply(Settings settings, Exchange exchange, PhpResponse php) {
        this.settings = settings;
        this.exchange = exchange;
        this.php = php;
        this.response = exchange.response();
        this.headers = PhpHeaders.of(php);
        int status = php.status();
        this.withoutBody = exchange.isHead() || status == 204 || status == 304;
        // What PHP has counted is true, what the script announced may not be.
        this.length = php.length() >= 0 ? php.length() : headers.contentLength();
    }

    void start() {
        int status = php.status();
        if (status < 200 || status > 999) {
            log.warn("PHP answered with status {}, which cannot be passed on", status);
            exchange.error(502);
            return;
        }
        response.setStatusCode(status);
        exchange.whenFinished(this::release);
        php.body().exceptionHandler(failure -> exchange.step(() -> broken(failure)));
        php.body().handler(chunk -> exchange.step(() -> data(chunk)));
        php.body().endHandler(end -> exchange.step(this::end));
        php.body().resume();
        if (!ended) {
            settings.vertx().runOnContext(turn -> exchange.step(this::commit));
        }
    }

    private void release() {
        Compressor open = compressor;
        compressor = null;
        if (open != null) {
            open.close();
        }
    }

    private void broken(Throwable failure) {
        if (exchange.isFinished()) {
            return;
        }
        log.debug("PHP broke off its response: {}", failure.toString());
        if (response.headWritten()) {
            exchange.breakOff();
        } else {
            exchange.error(502);
        }
    }

    private void data(Buffer chunk) {
        received += chunk.length();
        if (exchange.isFinished() || withoutBody) {
            return;
        }
        if (committed) {
            forward(chunk);
            return;
        }
        held.appendBuffer(chunk);
        if (held.length() > MAX_HELD_BACK) {
            commit();
        }
    }

    /** A script that is over need not be seen at work: its output is worth compressing as a whole. */
    private boolean isWorthWaitingFor() {
        return php.length() >= 0 && php.length() <= MAX_COMPRESSED_WHOLE && !withoutBody && isCompressed(php.length());
    }

    /** Sends the head of a response whose end is not known yet. */
    private void commit() {
        if (committed || ended || exchange.isFinished() || isWorthWaitingFor()) {
            return;
        }
        committed = true;
        MultiMap out = response.headers();
        headers.addTo(out);
        Encoding encoding = encoding(length) == null ? null : streamed();
        if (encoding != null) {
            mark(out, encoding);
            compressor = Compressor.streaming(encoding, settings.config().compressionLevel());
        } else if (length >= 0 && !(exchange.isHead() && isCompressed(length))) {
            out.set(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        }
        exchange.commonHeaders();
        boolean framed = withoutBody || out.contains(HttpHeaders.CONTENT_LENGTH);
        if (!framed && exchange.request().version() == HttpVersion.HTTP_1_1) {
            response.setChunked(true);
        } else if (!framed && exchange.request().version() == HttpVersion.HTTP_1_0) {
            exchange.closeWhenDone();
        }
        Buffer first = held;
        held = Buffer.buffer();
        if (first.length() > 0) {
            forward(first);
        } else if (!withoutBody && exchange.request().version() != HttpVersion.HTTP_1_0) {
            response.writeHead();
        }
    }

    private boolean isEligible(long size) {
        ResponseConfig config = settings.config();
        int status = php.status();
        return config.compression()
                && status != 204
                && status != 304
                && status != 206
                && headers.isCompressible()
                && (size < 0 || size >= config.compressionMinSize().bytes());
    }

    private boolean isCompressed(long size) {
        return isEligible(size) && negotiated() != null;
    }

    private @Nullable Encoding negotiated() {
        String accepted = exchange.request().headers().get(HttpHeaders.ACCEPT_ENCODING);
        return exchange.loop().negotiate(accepted, settings.negotiation());
    }

    private @Nullable Encoding streamed() {
        return settings.streamNegotiation().choose(exchange.request().headers().get(HttpHeaders.ACCEPT_ENCODING));
    }

    /** The coding to use, after Vary has been set if it could have been another; null = none. */
    private @Nullable Encoding encoding(long size) {
        if (!isEligible(size)) {
            return null;
        }
        headers.addVary(response.headers());
        return exchange.isHead() ? null : negotiated();
    }

    private static void mark(MultiMap out, Encoding encoding) {
        out.set(HttpHeaders.CONTENT_ENCODING, encoding.token());
        String etag = out.get(HttpHeaders.ETAG);
        if (etag != null && etag.startsWith("\"")) {
            out.set(HttpHeaders.ETAG, "W/" + etag);
        }
    }

    private void forward(Buffer chunk) {
        Compressor open = compressor;
        if (open == null) {
            write(withinLength(chunk));
            return;
        }
        open.write(chunk.getBytes());
        write(open.take());
        if (!flushPlanned) {
            flushPlanned = true;
            settings.vertx().setTimer(FLUSH_MILLIS, timer -> exchange.step(this::flush));
        }
    }

    /** What PHP sends beyond the length it announced would be read as the next response. */
    private Buffer withinLength(Buffer chunk) {
        if (length < 0 || received <= length) {
            return chunk;
        }
        truncated = true;
        long allowed = Math.max(0, length - (received - chunk.length()));
        return chunk.slice(0, (int) allowed);
    }

    private void flush() {
        flushPlanned = false;
        Compressor open = compressor;
        if (open != null && !ended && !exchange.isFinished()) {
            write(open.flush());
        }
    }

    private void write(Buffer bytes) {
        if (bytes.length() == 0) {
            return;
        }
        response.write(bytes).onFailure(failure -> log.debug("client left: {}", failure.toString()));
        if (response.writeQueueFull()) {
            php.body().pause();
            response.drainHandler(drained -> php.body().resume());
        }
    }

    private void end() {
        ended = true;
        Future<PhpOutcome> outcome = php.outcome();
        if (outcome.isComplete()) {
            complete(outcome);
        } else {
            // A script that goes on after fastcgi_finish_request() has no outcome yet and need not be waited for.
            settings.vertx().runOnContext(turn -> exchange.step(() -> complete(outcome)));
        }
    }

    private void complete(Future<PhpOutcome> outcome) {
        exchange.phpEnded();
        if (exchange.isFinished()) {
            return;
        }
        boolean fatal = outcome.succeeded() && outcome.result().fatal();
        if (!committed) {
            completeAtOnce(fatal);
        } else if (fatal || truncated || isShort()) {
            exchange.breakOff();
        } else {
            completeStream();
        }
    }

    private boolean isShort() {
        return compressor == null && !withoutBody && received < length;
    }

    private void completeStream() {
        Compressor open = compressor;
        compressor = null;
        if (open == null) {
            exchange.end();
        } else {
            exchange.end(open.finish());
        }
    }

    private void completeAtOnce(boolean fatal) {
        if (fatal && php.status() == 200) {
            response.setStatusCode(500);
        }
        MultiMap out = response.headers();
        headers.addTo(out);
        Encoding encoding = encoding(withoutBody ? length : held.length());
        if (encoding == null) {
            if (exchange.isHead() && length > 0 && !isCompressed(length)) {
                out.set(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
            }
            sendWhole(held);
            return;
        }
        mark(out, encoding);
        int level = settings.config().compressionLevel();
        byte[] body = held.getBytes();
        if ((long) body.length * level <= MAX_COMPRESSED_ON_LOOP) {
            sendWhole(Buffer.buffer(Compressor.compress(encoding, level, body)));
            return;
        }
        settings.vertx()
                .executeBlocking(() -> Buffer.buffer(Compressor.compress(encoding, level, body)), false)
                .onSuccess(compressed -> exchange.step(() -> sendWhole(compressed)))
                .onFailure(exchange::failed);
    }

    private void sendWhole(Buffer body) {
        if (exchange.isFinished()) {
            return;
        }
        exchange.commonHeaders();
        if (withoutBody) {
            exchange.end();
        } else {
            exchange.end(body);
        }
    }
}
