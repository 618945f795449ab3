package dev.ephpm.phpbridge;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A response and its body. Everything here happens on the caller's context; the worker's side goes through {@link #push},
 * {@link #end} and {@link #fail}, which may be called from its event loop.
 */
final class ResponseStream implements PhpResponse, ReadStream<Buffer> {
    /** The worker is held when this many bytes wait for the client, and let go again below {@link #LOW}. */
    private static final int HIGH = 256 * 1024;

    private static final int LOW = 64 * 1024;

    private final ContextInternal context;
    private final WorkerFrame.Head head;
    private final boolean bodyless;
    private final Source source;
    private final Promise<PhpOutcome> outcome;
    private final Queue<Buffer> pending = new ArrayDeque<>();
    private int pendingBytes;
    private long demand;
    private boolean held;
    private boolean abandoned;
    private boolean delivering;
    private @Nullable PhpOutcome ended;
    private @Nullable Throwable failure;
    private boolean settled;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;

    /** Where the body comes from. Callable from any thread. */
    interface Source {
        /** The client is slow: stop reading from the worker, or go on. */
        void hold(boolean hold);

        void abandon();
    }

    ResponseStream(ContextInternal context, WorkerFrame.Head head, boolean bodyless, Source source) {
        this.context = context;
        this.head = head;
        this.bodyless = bodyless;
        this.source = source;
        this.outcome = context.promise();
    }

    @Override
    public int status() {
        return head.status();
    }

    @Override
    public long length() {
        return bodyless ? -1 : head.length();
    }

    /** The head went out before the script was over. */
    boolean isPartial() {
        return head.length() < 0;
    }

    @Override
    public List<Map.Entry<String, String>> headers() {
        return head.headers();
    }

    @Override
    public ReadStream<Buffer> body() {
        return this;
    }

    @Override
    public Future<PhpOutcome> outcome() {
        return outcome.future();
    }

    @Override
    public void abandon() {
        context.execute(() -> {
            if (abandoned) {
                return;
            }
            abandoned = true;
            pending.clear();
            pendingBytes = 0;
            source.abandon();
            letGo();
            settle();
        });
    }

    void push(byte[] bytes) {
        context.execute(() -> {
            if (abandoned || settled) {
                return;
            }
            pending.add(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes)));
            pendingBytes += bytes.length;
            deliver();
            if (pendingBytes > HIGH && !held) {
                held = true;
                source.hold(true);
            }
        });
    }

    void end(PhpOutcome result) {
        context.execute(() -> {
            ended = result;
            settle();
        });
    }

    void fail(Throwable cause) {
        context.execute(() -> {
            if (ended == null && failure == null) {
                failure = cause;
                settle();
            }
        });
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            while (demand > 0 && handler != null && !pending.isEmpty()) {
                Buffer next = pending.remove();
                pendingBytes -= next.length();
                if (demand != Long.MAX_VALUE) {
                    demand--;
                }
                context.dispatch(next, handler);
            }
        } finally {
            delivering = false;
        }
        letGo();
        settle();
    }

    private void letGo() {
        if (held && pendingBytes < LOW) {
            held = false;
            source.hold(false);
        }
    }

    /** A failure overtakes what is pending: the connection will be broken anyway. */
    private void settle() {
        if (settled) {
            return;
        }
        if (failure != null) {
            settled = true;
            pending.clear();
            if (exceptionHandler != null && !abandoned) {
                context.dispatch(failure, exceptionHandler);
            }
            outcome.tryFail(failure);
        } else if (ended != null && (abandoned || (pending.isEmpty() && demand > 0 && !delivering))) {
            settled = true;
            if (endHandler != null && !abandoned) {
                context.dispatch(null, endHandler);
            }
            outcome.tryComplete(ended);
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
        exceptionHandler = handler;
        if (handler != null && failure != null) {
            context.dispatch(failure, handler);
        }
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        demand = 0;
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        context.execute(this::deliver);
        return this;
    }
}
