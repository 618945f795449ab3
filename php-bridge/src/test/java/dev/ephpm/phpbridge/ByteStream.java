package dev.ephpm.phpbridge;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A request body that is all there: a paused stream of 8 KiB chunks. */
final class ByteStream implements ReadStream<Buffer> {
    private static final int CHUNK = 8192;

    private final Context context;
    private final Buffer bytes;
    private int at;
    private long demand;
    private boolean ended;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;

    ByteStream(Context context, byte[] bytes) {
        this.context = context;
        this.bytes = Buffer.buffer(bytes);
    }

    private void deliver() {
        while (demand > 0 && at < bytes.length() && handler != null) {
            int end = Math.min(bytes.length(), at + CHUNK);
            Buffer next = bytes.getBuffer(at, end);
            at = end;
            demand--;
            handler.handle(next);
        }
        if (at == bytes.length() && demand > 0 && !ended && endHandler != null) {
            ended = true;
            endHandler.handle(null);
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
        demand = 0;
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        return fetch(Long.MAX_VALUE / 2);
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        demand = Math.min(Long.MAX_VALUE / 2, demand + amount);
        context.runOnContext(now -> deliver());
        return this;
    }
}
