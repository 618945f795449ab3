package dev.ephpm.http;

import dev.ephpm.config.ResponseConfig;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends files: small ones from memory without touching the disk, large ones by sendfile. */
final class StaticHandler {
    private static final Logger log = LoggerFactory.getLogger(StaticHandler.class);

    private static final CharSequence RANGE = HttpHeaders.createOptimized("range");
    private static final CharSequence BYTES = HttpHeaders.createOptimized("bytes");

    private final Vertx vertx;
    private final boolean compression;
    private final int level;
    private final long compressionMinSize;
    private final Negotiation negotiation;
    private final ResolutionCache cache;

    StaticHandler(Vertx vertx, ResponseConfig config, Negotiation negotiation, ResolutionCache cache) {
        this.vertx = vertx;
        this.compression = config.compression();
        this.level = config.compressionLevel();
        this.compressionMinSize = config.compressionMinSize().bytes();
        this.negotiation = negotiation;
        this.cache = cache;
    }

    void serve(Exchange exchange, ResolutionCache.Key key, StaticFile file) {
        exchange.source(Exchange.Source.STATIC);
        HttpMethod method = exchange.request().method();
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            exchange.methodNotAllowed("GET, HEAD");
            return;
        }
        MultiMap request = exchange.request().headers();
        switch (Preconditions.evaluate(request, file)) {
            case Preconditions.FAILED -> exchange.error(412);
            case Preconditions.NOT_MODIFIED -> notModified(exchange, file);
            default -> {
                String range = request.get(RANGE);
                if (range != null && Preconditions.rangeApplies(request, file)) {
                    ranged(exchange, file, ByteRange.parse(range, file.size()));
                } else {
                    negotiated(exchange, key, file);
                }
            }
        }
    }

    private boolean varies(StaticFile file) {
        return compression && file.isCompressible() && file.size() >= compressionMinSize;
    }

    private void negotiated(Exchange exchange, ResolutionCache.Key key, StaticFile file) {
        Encoding encoding = varies(file)
                ? exchange.loop().negotiate(exchange.request().headers().get(HttpHeaders.ACCEPT_ENCODING), negotiation)
                : null;
        if (encoding == null) {
            whole(exchange, file);
            return;
        }
        StaticFile.Variant variant = file.variant(encoding);
        if (variant != null) {
            compressed(exchange, file, encoding, variant);
        } else if (file.startCompressing(encoding)) {
            compress(exchange, key, file, encoding);
        } else {
            whole(exchange, file);
        }
    }

    private void compress(Exchange exchange, ResolutionCache.Key key, StaticFile file, Encoding encoding) {
        exchange.watch();
        vertx.<StaticFile.Variant>executeBlocking(() -> file.compress(encoding, level), false)
                .onComplete(done -> {
                    cache.reweigh(key);
                    if (exchange.isFinished()) {
                        return;
                    }
                    if (done.failed()) {
                        log.warn(
                                "cannot compress {}: {}",
                                file.path(),
                                done.cause().toString());
                        whole(exchange, file);
                    } else {
                        compressed(exchange, file, encoding, done.result());
                    }
                });
    }

    private void compressed(Exchange exchange, StaticFile file, Encoding encoding, StaticFile.Variant variant) {
        Buffer content = variant.content();
        if (content == null) {
            whole(exchange, file);
            return;
        }
        MultiMap headers = exchange.response().headers();
        describe(headers, file);
        if (file.etag() != null) {
            headers.set(HttpHeaders.ETAG, "W/" + file.etag());
        }
        headers.set(HttpHeaders.CONTENT_ENCODING, encoding.token());
        headers.set(HttpHeaders.CONTENT_LENGTH, variant.contentLength());
        exchange.commonHeaders();
        exchange.end(content);
    }

    private void whole(Exchange exchange, StaticFile file) {
        MultiMap headers = exchange.response().headers();
        describe(headers, file);
        headers.set(HttpHeaders.CONTENT_LENGTH, file.contentLength());
        exchange.commonHeaders();
        Buffer content = file.content();
        if (content != null) {
            exchange.end(content);
        } else {
            send(exchange, file, 0, file.size());
        }
    }

    private void ranged(Exchange exchange, StaticFile file, Optional<ByteRange> asked) {
        if (asked.isEmpty()) {
            whole(exchange, file);
            return;
        }
        ByteRange range = asked.get();
        HttpServerResponse response = exchange.response();
        if (!range.isSatisfiable()) {
            exchange.rangeNotSatisfiable(range.contentRange(file.size()));
            return;
        }
        response.setStatusCode(206);
        describe(response.headers(), file);
        response.headers().set(HttpHeaders.CONTENT_RANGE, range.contentRange(file.size()));
        response.headers().set(HttpHeaders.CONTENT_LENGTH, Long.toString(range.length()));
        exchange.commonHeaders();
        Buffer content = file.content();
        if (content != null) {
            exchange.end(BufferInternal.buffer(
                    ((BufferInternal) content).getByteBuf().slice((int) range.first(), (int) range.length())));
        } else {
            send(exchange, file, range.first(), range.length());
        }
    }

    private void notModified(Exchange exchange, StaticFile file) {
        exchange.response().setStatusCode(304);
        MultiMap headers = exchange.response().headers();
        if (file.etagHeader() != null) {
            headers.set(HttpHeaders.ETAG, file.etagHeader());
        }
        headers.set(HttpHeaders.LAST_MODIFIED, file.lastModified());
        cacheability(headers, file);
        exchange.commonHeaders();
        exchange.end();
    }

    private void describe(MultiMap headers, StaticFile file) {
        headers.set(HttpHeaders.CONTENT_TYPE, file.contentType());
        headers.set(HttpHeaders.LAST_MODIFIED, file.lastModified());
        CharSequence etag = file.etagHeader();
        if (etag != null) {
            headers.set(HttpHeaders.ETAG, etag);
        }
        headers.set(HttpHeaders.ACCEPT_RANGES, BYTES);
        cacheability(headers, file);
    }

    private void cacheability(MultiMap headers, StaticFile file) {
        CharSequence cacheControl = file.cacheControl();
        if (cacheControl != null) {
            headers.set(HttpHeaders.CACHE_CONTROL, cacheControl);
        }
        if (varies(file)) {
            headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
    }

    private void send(Exchange exchange, StaticFile file, long offset, long length) {
        if (exchange.isHead()) {
            exchange.end();
            return;
        }
        exchange.watch();
        if (!exchange.takesFileRegions()) {
            finish(exchange, exchange.response().sendFile(file.path().toString(), offset, length));
            return;
        }
        vertx.<FileChannel>executeBlocking(() -> FileChannel.open(file.path(), StandardOpenOption.READ), false)
                .onComplete(done -> exchange.step(() -> {
                    FileChannel channel = done.succeeded() ? done.result() : null;
                    if (channel == null) {
                        exchange.error(404);
                    } else {
                        send(exchange, channel, offset, length);
                    }
                }));
    }

    private static void send(Exchange exchange, FileChannel channel, long offset, long length) {
        if (exchange.isFinished()) {
            closeUnsent(channel);
            return;
        }
        finish(exchange, exchange.sendRegion(channel, offset, length));
    }

    private static void finish(Exchange exchange, Future<Void> sent) {
        sent.onComplete(done -> {
            if (done.succeeded()) {
                exchange.finish(exchange.response().getStatusCode());
            } else {
                // Nearly always the client: it left, which is its right and not worth more than a debug line.
                log.debug("file was not sent completely: {}", done.cause().toString());
                exchange.breakOff();
            }
        });
    }

    private static void closeUnsent(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException failure) {
            log.debug("cannot close a file nobody waits for: {}", failure.toString());
        }
    }
}
