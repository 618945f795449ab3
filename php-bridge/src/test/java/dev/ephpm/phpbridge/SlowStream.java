package dev.ephpm.phpbridge;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A client that sends 1000 bytes, waits, sends 1000 bytes, and so on. */
final class SlowStream implements ReadStream<Buffer> {
    private final Vertx vertx;
    private final int chunks;
    private final long pauseMillis;
    private int sent;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;

    SlowStream(Vertx vertx, int chunks, long pauseMillis) {
        this.vertx = vertx;
        this.chunks = chunks;
        this.pauseMillis = pauseMillis;
    }

    private void next(long timer) {
        if (sent == chunks) {
            if (endHandler != null) {
                endHandler.handle(null);
            }
        } else if (handler != null) {
            sent++;
            handler.handle(Buffer.buffer("x".repeat(1000)));
        }
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
        this.handler = handler;
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
        endHandler = handler;
        return this;
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        vertx.setTimer(pauseMillis, this::next);
        return this;
    }
}
