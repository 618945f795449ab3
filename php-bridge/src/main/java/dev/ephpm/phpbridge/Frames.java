package dev.ephpm.phpbridge;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The numbers of the worker protocol and the few ways its fields are written; the byte tables are in DESIGN.md. */
final class Frames {
    static final int VERSION = 1;
    static final int HEADER = 8;
    /** No frame's payload is longer, in either direction. */
    static final int LIMIT = 1024 * 1024;
    /** Body chunks are cut to this. */
    static final int CHUNK = 64 * 1024;
    /** Request body bytes a worker takes without having asked for them. */
    static final int BODY_WINDOW = 64 * 1024;

    static final int VARIABLES = 4096;
    static final int TENANT_SLOTS = 64;
    static final int TOKEN = 32;

    static final int TENANT_FRAME = 1;
    static final int REQUEST_FRAME = 2;
    static final int BODY_FRAME = 3;
    static final int ABORT_FRAME = 4;
    static final int INVALIDATE_FRAME = 5;
    static final int COMPILE_FRAME = 6;

    static final int HELLO_FRAME = 65;
    static final int PULL_FRAME = 66;
    static final int HEAD_FRAME = 67;
    static final int CONTENT_FRAME = 68;
    static final int END_FRAME = 69;
    static final int IDLE_FRAME = 70;
    static final int LOG_FRAME = 71;
    static final int RESULT_FRAME = 72;

    static final int BODY_LAST = 1;
    static final int REQUEST_HAS_BODY = 1;
    static final int END_FATAL = 1;
    static final int END_ABORTED = 2;
    static final int END_IDLE = 4;
    static final int END_LEAVING = 8;

    private static final int ABSENT = -1;

    private Frames() {}

    /** Writes a header whose length {@link #close} fills in; gives the place to hand to it. */
    static int open(ByteBuf out, int type, int flags) {
        int start = out.writerIndex();
        out.writeIntLE(0);
        out.writeByte(VERSION);
        out.writeByte(type);
        out.writeShortLE(flags);
        return start;
    }

    static void close(ByteBuf out, int start) {
        out.setIntLE(start, out.writerIndex() - start - HEADER);
    }

    static int length(ByteBuf out, int start) {
        return out.writerIndex() - start - HEADER;
    }

    static void text(ByteBuf out, String value) {
        bytes(out, value.getBytes(StandardCharsets.UTF_8));
    }

    static void optional(ByteBuf out, @Nullable String value) {
        if (value == null) {
            out.writeIntLE(ABSENT);
        } else {
            text(out, value);
        }
    }

    private static void bytes(ByteBuf out, byte[] value) {
        out.writeIntLE(value.length);
        out.writeBytes(value);
        out.writeByte(0);
    }
}
