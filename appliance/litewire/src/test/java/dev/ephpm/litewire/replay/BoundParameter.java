package dev.ephpm.litewire.replay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One value of a prepared statement.
 *
 * @param type as mysqli's bind_param() names it: i, d or s
 * @param value one character for each byte (digits for numbers), null for NULL
 */
record BoundParameter(char type, @Nullable String value) {
    private static final int UNSIGNED = 0x8000;

    /** Reads the next value of an execution, whose type the client announced as this. */
    static BoundParameter read(ByteBuffer in, int type) {
        boolean unsigned = (type & UNSIGNED) != 0;
        return switch (type & 0xff) {
            case 1 -> whole(unsigned ? in.get() & 0xff : in.get());
            case 2, 13 -> whole(unsigned ? in.getShort() & 0xffff : in.getShort());
            case 3, 9 -> whole(unsigned ? in.getInt() & 0xffffffffL : in.getInt());
            case 8 ->
                new BoundParameter('i', unsigned ? Long.toUnsignedString(in.getLong()) : Long.toString(in.getLong()));
            case 4 -> new BoundParameter('d', Float.toString(in.getFloat()));
            case 5 -> new BoundParameter('d', Double.toString(in.getDouble()));
            case 7, 10, 11, 12 ->
                throw new IllegalStateException(
                        "dates bound in binary form cannot be recorded: PHP binds them as text");
            default -> ofBytes(Payloads.lengthEncoded(in));
        };
    }

    static BoundParameter none() {
        return new BoundParameter('s', null);
    }

    private static BoundParameter whole(long value) {
        return new BoundParameter('i', Long.toString(value));
    }

    static BoundParameter ofBytes(byte[] bytes) {
        return new BoundParameter('s', new String(bytes, StandardCharsets.ISO_8859_1));
    }
}
