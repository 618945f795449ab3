package dev.ephpm.sqldmanager;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes protocol buffers from the last byte to the first, so that each length is known when its field is written. */
final class ProtobufWriter {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;

    private byte[] buffer = new byte[512];
    private int start = buffer.length;

    private void reserve(int bytes) {
        if (start >= bytes) {
            return;
        }
        int used = buffer.length - start;
        byte[] larger = new byte[Math.max(buffer.length * 2, used + bytes)];
        System.arraycopy(buffer, start, larger, larger.length - used, used);
        start = larger.length - used;
        buffer = larger;
    }

    private void prependVarint(long value) {
        int size = Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
        reserve(size);
        start -= size;
        long rest = value;
        for (int index = start; index < start + size - 1; index++) {
            buffer[index] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[start + size - 1] = (byte) rest;
    }

    private void prependTag(int field, int type) {
        prependVarint(((long) field << 3) | type);
    }

    void unsigned(int field, long value) {
        prependVarint(value);
        prependTag(field, VARINT);
    }

    /** Zigzag, as {@code sint64}. */
    void signed(int field, long value) {
        unsigned(field, (value << 1) ^ (value >> 63));
    }

    void real(int field, double value) {
        reserve(Long.BYTES);
        start -= Long.BYTES;
        long bits = Double.doubleToRawLongBits(value);
        for (int index = 0; index < Long.BYTES; index++) {
            buffer[start + index] = (byte) (bits >>> (8 * index));
        }
        prependTag(field, FIXED64);
    }

    void bytes(int field, byte[] value) {
        reserve(value.length);
        start -= value.length;
        System.arraycopy(value, 0, buffer, start, value.length);
        prependVarint(value.length);
        prependTag(field, BYTES);
    }

    void text(int field, String value) {
        bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Where a message ends that is written next; to be passed to {@link #message}. */
    int mark() {
        return buffer.length - start;
    }

    /** Closes the message whose end was marked: everything written since is in it. */
    void message(int field, int mark) {
        prependVarint(buffer.length - start - mark);
        prependTag(field, BYTES);
    }

    byte[] toBytes() {
        return Arrays.copyOfRange(buffer, start, buffer.length);
    }
}
