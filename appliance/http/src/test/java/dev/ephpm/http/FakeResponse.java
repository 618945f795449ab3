package dev.ephpm.http;

import dev.ephpm.phpbridge.PhpOutcome;
import dev.ephpm.phpbridge.PhpResponse;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A response a test script writes. Confined to the request's event loop; {@link #later} gets there from a test. */
final class FakeResponse implements PhpResponse, ReadStream<Buffer> {
    private final Context context;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private final Deque<Buffer> queue = new ArrayDeque<>();
    private final Promise<PhpOutcome> outcome = Promise.promise();
    private final CompletableFuture<Void> abandoned = new CompletableFuture<>();
    private int status = 200;
    private long length = -1;
    private long demand;
    private long bytes;
    private boolean ended;
    private boolean endDelivered;
    private boolean fatal;
    private @Nullable Throwable failure;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;

    FakeResponse(Context context) {
        this.context = context;
    }

    void later(Runnable action) {
        context.runOnContext(turn -> action.run());
    }

    void status(int code) {
        status = code;
    }

    void header(String name, String value) {
        headers.add(Map.entry(name, value));
    }

    void write(Buffer chunk) {
        queue.add(chunk);
        bytes += chunk.length();
        deliver();
    }

    long bytes() {
        return bytes;
    }

    int queued() {
        return queue.size();
    }

    void end(boolean withFatal) {
        ended = true;
        fatal = withFatal;
        deliver();
    }

    void die() {
        failure = new IllegalStateException("worker died");
        deliver();
    }

    CompletableFuture<Void> abandoned() {
        return abandoned;
    }

    private void deliver() {
        while (demand > 0 && handler != null && !queue.isEmpty()) {
            demand -= demand == Long.MAX_VALUE ? 0 : 1;
            handler.handle(queue.poll());
        }
        if (demand <= 0 || !queue.isEmpty() || endDelivered) {
            return;
        }
        if (failure != null && exceptionHandler != null) {
            endDelivered = true;
            exceptionHandler.handle(failure);
        } else if (ended && endHandler != null) {
            endDelivered = true;
            endHandler.handle(null);
            outcome.tryComplete(new PhpOutcome(fatal, bytes));
        }
    }

    @Override
    public int status() {
        return status;
    }

    void length(long declared) {
        length = declared;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public List<Map.Entry<String, String>> headers() {
        return headers;
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
        abandoned.complete(null);
        queue.clear();
    }

    @Override
    public FakeResponse exceptionHandler(@Nullable Handler<Throwable> consumer) {
        exceptionHandler = consumer;
        return this;
    }

    @Override
    public FakeResponse handler(@Nullable Handler<Buffer> consumer) {
        handler = consumer;
        deliver();
        return this;
    }

    @Override
    public FakeResponse endHandler(@Nullable Handler<Void> consumer) {
        endHandler = consumer;
        deliver();
        return this;
    }

    @Override
    public FakeResponse pause() {
        demand = 0;
        return this;
    }

    @Override
    public FakeResponse resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public FakeResponse fetch(long amount) {
        demand = amount == Long.MAX_VALUE || demand == Long.MAX_VALUE ? Long.MAX_VALUE : demand + amount;
        deliver();
        return this;
    }
}
