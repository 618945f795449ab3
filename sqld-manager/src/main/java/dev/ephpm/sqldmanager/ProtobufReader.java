package dev.ephpm.sqldmanager;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads one protocol buffer message field by field: {@link #next} moves on to a field, then exactly one of the others takes
 * its value. Anything malformed is an {@link IllegalArgumentException}.
 */
final class ProtobufReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final byte[] buffer;
    private final int end;
    private int at;
    private int type;

    ProtobufReader(byte[] message) {
        this(message, 0, message.length);
    }

    private ProtobufReader(byte[] buffer, int start, int end) {
        this.buffer = buffer;
        this.at = start;
        this.end = end;
    }

    /** The number of the next field; 0 at the end. */
    int next() {
        if (at == end) {
            return 0;
        }
        long tag = varint();
        type = (int) (tag & 7);
        long field = tag >>> 3;
        check(field > 0 && field < (1 << 29));
        return (int) field;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            check(at < end);
            byte part = buffer[at++];
            value |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw malformed();
    }

    long unsigned() {
        check(type == VARINT);
        return varint();
    }

    long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    double real() {
        check(type == FIXED64 && end - at >= Long.BYTES);
        double value = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN).getDouble(at);
        at += Long.BYTES;
        return value;
    }

    /** Moves past a field with a length and gives that length. */
    private int pass() {
        check(type == BYTES);
        long length = varint();
        check(length >= 0 && length <= end - at);
        at += (int) length;
        return (int) length;
    }

    byte[] bytes() {
        int length = pass();
        byte[] copy = new byte[length];
        System.arraycopy(buffer, at - length, copy, 0, length);
        return copy;
    }

    String text() {
        int length = pass();
        return new String(buffer, at - length, length, StandardCharsets.UTF_8);
    }

    ProtobufReader message() {
        int length = pass();
        return new ProtobufReader(buffer, at - length, at);
    }

    /** Leaves a field out that is not known here. */
    void skip() {
        switch (type) {
            case VARINT -> varint();
            case FIXED64 -> leap(Long.BYTES);
            case BYTES -> pass();
            case FIXED32 -> leap(Integer.BYTES);
            default -> throw malformed();
        }
    }

    private void leap(int bytes) {
        check(end - at >= bytes);
        at += bytes;
    }

    private static void check(boolean condition) {
        if (!condition) {
            throw malformed();
        }
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("not a protocol buffer message as expected");
    }
}
