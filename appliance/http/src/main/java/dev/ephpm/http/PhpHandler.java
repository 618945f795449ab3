package dev.ephpm.http;

import dev.ephpm.config.ServerConfig;
import dev.ephpm.phpbridge.PhpEngine;
import dev.ephpm.phpbridge.PhpException;
import dev.ephpm.phpbridge.PhpRequest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a request to PHP and its response to the client, both as streams. */
final class PhpHandler {
    private static final Logger log = LoggerFactory.getLogger(PhpHandler.class);

    private final Vertx vertx;
    private final long maxBodySize;
    private final PhpEngine engine;
    private final TrustedProxies proxies;
    private final PhpReply.Settings replies;

    PhpHandler(Vertx vertx, ServerConfig config, PhpEngine engine, TrustedProxies proxies, Negotiation negotiation) {
        this.vertx = vertx;
        this.maxBodySize = config.request().maxBodySize().bytes();
        this.engine = engine;
        this.proxies = proxies;
        this.replies = new PhpReply.Settings(vertx, config.response(), negotiation, negotiation.reversed());
    }

    void run(Exchange exchange, Resolution.Script script) {
        exchange.source(Exchange.Source.PHP);
        exchange.watch();
        HttpServerRequest request = exchange.request();
        if (!exchange.hasBody()) {
            execute(exchange, script, 0, null);
            return;
        }
        if (request.headers().contains("expect")) {
            request.response().writeContinue();
        }
        String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            execute(exchange, script, Pipeline.contentLength(length), request);
        } else {
            spool(exchange, script);
        }
    }

    /** Without a length the body is taken in first: PHP wants to know it, and a body over the limit must not run. */
    private void spool(Exchange exchange, Resolution.Script script) {
        SpooledBody.receive(vertx, exchange.request(), maxBodySize).onComplete(done -> {
            if (done.failed()) {
                exchange.failed(done.cause());
                return;
            }
            SpooledBody body = done.result();
            exchange.whenFinished(body::discard);
            if (!exchange.isFinished()) {
                exchange.step(
                        () -> execute(exchange, script, body.length(), body.length() == 0 ? null : body.stream()));
            }
        });
    }

    private void execute(
            Exchange exchange, Resolution.Script script, long contentLength, @Nullable ReadStream<Buffer> body) {
        HttpServerRequest request = exchange.request();
        String template = script.queryTemplate();
        String query = PhpVariables.text(
                template == null ? exchange.target().query() : FallbackChain.fill(template, exchange.target()));
        Map<String, String> variables = PhpVariables.of(exchange, script, query, Client.of(request, proxies));
        if (body != null) {
            variables.put("CONTENT_LENGTH", Long.toString(contentLength));
        }
        String contentType = request.headers().get(HttpHeaders.CONTENT_TYPE);
        PhpRequest php = new PhpRequest(
                script.tenant(),
                script.file(),
                request.method().name(),
                PhpVariables.text(exchange.target().uri()),
                query,
                contentType == null ? null : PhpVariables.text(contentType),
                contentLength,
                PhpVariables.cookie(request.headers()),
                variables,
                body);
        engine.execute(php).onComplete(done -> {
            if (done.succeeded()) {
                exchange.runs(done.result());
                if (!exchange.isFinished()) {
                    exchange.step(() -> new PhpReply(replies, exchange, done.result()).start());
                }
            } else {
                exchange.failed(done.cause());
            }
        });
    }

    /** Answers for a request PHP did not answer. */
    static void fail(Exchange exchange, PhpException failure) {
        log.debug("PHP did not answer: {}", failure.getMessage());
        exchange.meters().notAnswered(failure.reason());
        exchange.error(
                switch (failure.reason()) {
                    case OVERLOADED, UNAVAILABLE -> 503;
                    case TIMED_OUT -> 504;
                    case WORKER_DIED -> 502;
                    case TOO_LARGE -> 431;
                });
    }
}
