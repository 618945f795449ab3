package dev.ephpm.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** One buffer as a stream that starts paused. Confined to one event loop. */
final class BufferStream implements ReadStream<Buffer> {
    private final Buffer content;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private boolean flowing;
    private boolean delivered;
    private boolean ended;

    BufferStream(Buffer content) {
        this.content = content;
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> ignored) {
        return this;
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> consumer) {
        handler = consumer;
        deliver();
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> consumer) {
        endHandler = consumer;
        deliver();
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        flowing = false;
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        if (amount > 0) {
            flowing = true;
            deliver();
        }
        return this;
    }

    private void deliver() {
        Handler<Buffer> consumer = handler;
        if (flowing && !delivered && consumer != null) {
            delivered = true;
            consumer.handle(content);
        }
        Handler<Void> atEnd = endHandler;
        if (flowing && delivered && !ended && atEnd != null) {
            ended = true;
            atEnd.handle(null);
        }
    }
}
