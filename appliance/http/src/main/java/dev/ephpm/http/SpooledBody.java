package dev.ephpm.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request body taken in completely: in memory while small, in a temporary file beyond that. */
final class SpooledBody {
    private static final Logger log = LoggerFactory.getLogger(SpooledBody.class);
    private static final int MAX_IN_MEMORY = 64 * 1024;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final long limit;
    private final Promise<SpooledBody> received = Promise.promise();
    private Buffer memory = Buffer.buffer();
    private @Nullable AsyncFile file;
    private long length;
    private boolean ended;

    private SpooledBody(Vertx vertx, HttpServerRequest request, long limit) {
        this.vertx = vertx;
        this.request = request;
        this.limit = limit;
    }

    /**
     * Fails with a {@link Refusal} 413 as soon as the body is over the limit.
     *
     * @param limit in bytes; 0 = none
     */
    static Future<SpooledBody> receive(Vertx vertx, HttpServerRequest request, long limit) {
        SpooledBody body = new SpooledBody(vertx, request, limit);
        request.exceptionHandler(body::broken);
        request.handler(body::data);
        request.endHandler(end -> body.end());
        request.resume();
        return body.received.future();
    }

    private void broken(Throwable failure) {
        if (received.tryFail(new Refusal(400, "body is broken off"))) {
            discard();
        }
    }

    private void data(Buffer chunk) {
        if (received.future().isComplete()) {
            return;
        }
        length += chunk.length();
        if (limit > 0 && length > limit) {
            received.fail(new Refusal(413, "body too large"));
            discard();
            return;
        }
        AsyncFile open = file;
        if (open != null) {
            write(open, chunk);
        } else {
            memory.appendBuffer(chunk);
            if (memory.length() > MAX_IN_MEMORY) {
                moveToFile();
            }
        }
    }

    private void write(AsyncFile open, Buffer chunk) {
        open.write(chunk).onFailure(this::failed);
        if (open.writeQueueFull()) {
            request.pause();
            open.drainHandler(drained -> request.resume());
        }
    }

    private void moveToFile() {
        request.pause();
        vertx.fileSystem()
                .createTempFile("ephpm-body", "", "rw-------")
                .compose(path -> vertx.fileSystem().open(path, new OpenOptions().setDeleteOnClose(true)))
                .onComplete(done -> {
                    if (done.failed()) {
                        failed(done.cause());
                        return;
                    }
                    file = done.result();
                    if (received.future().isComplete()) {
                        discard();
                        return;
                    }
                    write(done.result(), memory);
                    memory = Buffer.buffer();
                    if (!ended) {
                        request.resume();
                    }
                });
    }

    private void failed(Throwable failure) {
        log.error("cannot keep a request body on disk: {}", failure.toString());
        if (received.tryFail(new Refusal(503, "no room for the body"))) {
            discard();
        }
    }

    private void end() {
        ended = true;
        AsyncFile open = file;
        if (open == null) {
            received.tryComplete(this);
            return;
        }
        open.flush().onComplete(done -> {
            if (done.failed()) {
                failed(done.cause());
            } else {
                received.tryComplete(this);
            }
        });
    }

    long length() {
        return length;
    }

    /** Paused; read once. */
    ReadStream<Buffer> stream() {
        AsyncFile open = file;
        if (open == null) {
            return new BufferStream(memory);
        }
        open.pause();
        return open.setReadPos(0).setReadLength(length);
    }

    /** Gives memory and disk space back. */
    void discard() {
        memory = Buffer.buffer();
        AsyncFile open = file;
        file = null;
        if (open != null) {
            open.close().onFailure(failure -> log.debug("cannot close a spooled body: {}", failure.toString()));
        }
    }
}
