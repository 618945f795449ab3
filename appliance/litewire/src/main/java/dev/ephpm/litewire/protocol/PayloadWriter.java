package dev.ephpm.litewire.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds the payload of one packet. Numbers are little-endian. */
final class PayloadWriter {
    private static final int TWO_BYTES = 0xFC;
    private static final int THREE_BYTES = 0xFD;
    private static final int EIGHT_BYTES = 0xFE;
    private static final int LARGEST_ONE_BYTE = 250;

    private byte[] bytes;
    private int size;

    PayloadWriter() {
        this(64);
    }

    PayloadWriter(int capacity) {
        this.bytes = new byte[capacity];
    }

    private void reserve(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
        }
    }

    PayloadWriter integer(long value, int width) {
        reserve(width);
        for (int i = 0; i < width; i++) {
            bytes[size++] = (byte) (value >>> (8 * i));
        }
        return this;
    }

    PayloadWriter lengthEncoded(long value) {
        if (Long.compareUnsigned(value, LARGEST_ONE_BYTE) <= 0) {
            return integer(value, 1);
        }
        if (Long.compareUnsigned(value, 0xFFFF) <= 0) {
            return integer(TWO_BYTES, 1).integer(value, 2);
        }
        if (Long.compareUnsigned(value, 0xFFFFFF) <= 0) {
            return integer(THREE_BYTES, 1).integer(value, 3);
        }
        return integer(EIGHT_BYTES, 1).integer(value, 8);
    }

    /** Bytes a length-encoded number takes. */
    static int lengthEncodedSize(long value) {
        if (value <= LARGEST_ONE_BYTE) {
            return 1;
        }
        return value <= 0xFFFF ? 3 : value <= 0xFFFFFF ? 4 : 9;
    }

    PayloadWriter bytes(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    PayloadWriter lengthEncodedBytes(byte[] value) {
        return lengthEncoded(value.length).bytes(value);
    }

    PayloadWriter lengthEncodedText(String text) {
        return lengthEncodedBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    PayloadWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    PayloadWriter terminated(String text) {
        return text(text).integer(0, 1);
    }

    PayloadWriter zeros(int count) {
        reserve(count);
        Arrays.fill(bytes, size, size + count, (byte) 0);
        size += count;
        return this;
    }

    byte[] payload() {
        return Arrays.copyOf(bytes, size);
    }
}
