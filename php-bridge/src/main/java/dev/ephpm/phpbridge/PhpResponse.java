package dev.ephpm.phpbridge;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.List;
import java.util.Map;

/** A response PHP is producing. The body stream starts paused. */
public interface PhpResponse {
    int status();

    /**
     * Bytes of the whole body when PHP had produced it all before the head was sent; −1 while it is still producing, and
     * for a HEAD request, whose body PHP does not produce.
     */
    long length();

    /** In the order PHP set them, duplicates kept. */
    List<Map.Entry<String, String>> headers();

    /**
     * The body. When PHP dies in the middle the stream's exception handler is called and the end handler is not: the
     * HTTP side must then break the connection rather than end the response cleanly.
     */
    ReadStream<Buffer> body();

    /** How the script ended; completes after the last byte of the body, never before. */
    Future<PhpOutcome> outcome();

    /** The client is gone: PHP is told (connection_aborted) and the body is drained into nothing. */
    void abandon();
}
