package dev.ephpm.phpbridge;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.streams.ReadStream;

/**
 * Carries a request's body to its worker, a window at a time: PHP's reading sets the pace of the client. Lives on the
 * caller's context.
 */
final class RequestBody {
    private final ContextInternal context;
    private final ReadStream<Buffer> source;
    private final Sink sink;
    private long credit = Frames.BODY_WINDOW;
    private boolean waiting;
    private boolean over;

    /** The worker's side. Callable from any thread. */
    interface Sink {
        void chunk(ByteBuf bytes, boolean last);

        /** The client went away in the middle. */
        void broken(Throwable cause);

        /** Whether the request now waits for the client rather than for PHP. */
        void waitingForClient(boolean waiting);
    }

    RequestBody(ContextInternal context, ReadStream<Buffer> source, Sink sink) {
        this.context = context;
        this.source = source;
        this.sink = sink;
    }

    void begin() {
        context.execute(() -> {
            try {
                source.handler(this::chunk);
                source.endHandler(end -> last());
                source.exceptionHandler(this::broken);
            } catch (IllegalStateException gone) {
                // The client hung up while the request waited for a worker; PHP must not wait for it too.
                broken(gone);
            }
            next();
        });
    }

    void pulled(int bytes) {
        context.execute(() -> {
            credit += bytes;
            next();
        });
    }

    /** PHP reads no more. The rest is swallowed, so that the connection it comes on stays usable. */
    void stop() {
        context.execute(() -> {
            if (!over) {
                over = true;
                swallow();
            }
        });
    }

    private void swallow() {
        try {
            source.handler(bytes -> {});
            source.resume();
        } catch (IllegalStateException gone) {
            // The client hung up: there is no rest.
        }
    }

    private void next() {
        if (!over && !waiting && credit > 0) {
            waiting = true;
            sink.waitingForClient(true);
            source.fetch(1);
        }
    }

    private void chunk(Buffer buffer) {
        if (over) {
            return;
        }
        arrived();
        ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
        credit -= bytes.readableBytes();
        sink.chunk(bytes, false);
        next();
    }

    private void last() {
        if (!over) {
            over = true;
            arrived();
            sink.chunk(io.netty.buffer.Unpooled.EMPTY_BUFFER, true);
        }
    }

    private void broken(Throwable cause) {
        if (!over) {
            over = true;
            arrived();
            sink.broken(cause);
        }
    }

    private void arrived() {
        if (waiting) {
            waiting = false;
            sink.waitingForClient(false);
        }
    }
}
