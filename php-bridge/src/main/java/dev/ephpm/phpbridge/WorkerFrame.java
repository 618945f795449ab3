package dev.ephpm.phpbridge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A frame a worker sends. Its bytes are handed on, never compared, so plain arrays do. */
@SuppressWarnings("ArrayRecordComponent")
sealed interface WorkerFrame {
    /** First on every connection. */
    record Hello(byte[] token, int pid, int slot, String version) implements WorkerFrame {}

    /** PHP has taken so many bytes of the request body; as many more may be sent. */
    record Pull(int bytes) implements WorkerFrame {}

    /** @param length bytes of the whole body, −1 when PHP is still producing it */
    record Head(int status, List<Map.Entry<String, String>> headers, long length) implements WorkerFrame {}

    record Content(byte[] bytes) implements WorkerFrame {}

    /** The response is complete; the worker is free too if the flags say idle. */
    record End(int flags, long bytes) implements WorkerFrame {}

    /** The work a script did after finishing its response is over. */
    record Idle(int flags, long bytes) implements WorkerFrame {}

    record Log(String message) implements WorkerFrame {}

    /** Answer to an invalidation or a compilation. */
    record Result(int count, String report) implements WorkerFrame {}

    /** Reads one whole payload; throws IndexOutOfBoundsException or IllegalArgumentException when it is malformed. */
    static WorkerFrame decode(int type, int flags, ByteBuf payload) {
        return switch (type) {
            case Frames.HELLO_FRAME -> hello(payload);
            case Frames.PULL_FRAME -> new Pull(payload.readIntLE());
            case Frames.HEAD_FRAME -> head(payload);
            case Frames.CONTENT_FRAME -> new Content(ByteBufUtil.getBytes(payload));
            case Frames.END_FRAME -> new End(flags, payload.readLongLE());
            case Frames.IDLE_FRAME -> new Idle(flags, payload.readLongLE());
            case Frames.LOG_FRAME -> new Log(payload.toString(StandardCharsets.UTF_8));
            case Frames.RESULT_FRAME -> new Result(payload.readIntLE(), payload.toString(StandardCharsets.UTF_8));
            default -> throw new IllegalArgumentException("unknown frame type " + type);
        };
    }

    private static Hello hello(ByteBuf payload) {
        byte[] token = new byte[Frames.TOKEN];
        payload.readBytes(token);
        return new Hello(token, payload.readIntLE(), payload.readIntLE(), string(payload, StandardCharsets.UTF_8));
    }

    private static Head head(ByteBuf payload) {
        int status = payload.readUnsignedShortLE();
        int count = payload.readUnsignedShortLE();
        long length = payload.readLongLE();
        List<Map.Entry<String, String>> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String line = string(payload, StandardCharsets.ISO_8859_1);
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.add(Map.entry(
                        line.substring(0, colon).trim(),
                        line.substring(colon + 1).trim()));
            }
        }
        return new Head(status, List.copyOf(headers), length);
    }

    private static String string(ByteBuf payload, Charset charset) {
        int length = payload.readIntLE();
        if (length < 0 || length > payload.readableBytes()) {
            throw new IllegalArgumentException(
                    "a string of " + length + " bytes in a frame with " + payload.readableBytes() + " left");
        }
        return payload.readCharSequence(length, charset).toString();
    }
}
