package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.sqlite.RawText;
import java.util.Arrays;

/** Reads the payload of one packet; a payload that is too short is a {@link ProtocolException}. */
final class PayloadReader {
    private static final int NULL_MARK = 0xFB;

    private final byte[] bytes;
    private int position;

    PayloadReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int remaining() {
        return bytes.length - position;
    }

    int position() {
        return position;
    }

    private int take(long count) throws ProtocolException {
        if (count < 0 || count > remaining()) {
            throw malformed();
        }
        int start = position;
        position += (int) count;
        return start;
    }

    static ProtocolException malformed() {
        return new ProtocolException(SqlErrorCode.MALFORMED_PACKET.with());
    }

    long integer(int width) throws ProtocolException {
        int start = take(width);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (bytes[start + i] & 0xffL) << (8 * i);
        }
        return value;
    }

    int unsignedByte() throws ProtocolException {
        return bytes[take(1)] & 0xff;
    }

    long lengthEncoded() throws ProtocolException {
        int first = unsignedByte();
        return switch (first) {
            case 0xFC -> integer(2);
            case 0xFD -> integer(3);
            case 0xFE -> integer(8);
            case NULL_MARK, 0xFF -> throw malformed();
            default -> first;
        };
    }

    byte[] bytes(long count) throws ProtocolException {
        int start = take(count);
        return Arrays.copyOfRange(bytes, start, position);
    }

    byte[] lengthEncodedBytes() throws ProtocolException {
        return bytes(lengthEncoded());
    }

    String text(long count) throws ProtocolException {
        int start = take(count);
        return RawText.decode(bytes, start, position - start);
    }

    /** Text up to a NUL, or to the end when there is none, as some clients leave it out. */
    String terminated() throws ProtocolException {
        int end = position;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        String text = text(end - position);
        skip(Math.min(1, remaining()));
        return text;
    }

    String rest() throws ProtocolException {
        return text(remaining());
    }

    void skip(long count) throws ProtocolException {
        var _ = take(count);
    }
}
