package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Statements as they come off the wire. They are UTF-8 with, at times, raw binary data between quotes; so that no byte is
 * lost, every byte that is not UTF-8 becomes the lone surrogate {@code U+DC00 + byte}, and a literal that holds one is binary.
 */
public final class StatementText {
    private static final int STRAY = 0xDC00;

    private StatementText() {}

    /** Decodes a packet's bytes. */
    public static String decode(byte[] bytes, int offset, int length) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
        try {
            return decoder.decode(in).toString();
        } catch (CharacterCodingException e) {
            return decodeWithStrays(ByteBuffer.wrap(bytes, offset, length));
        }
    }

    private static String decodeWithStrays(ByteBuffer in) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (STRAY + (in.get() & 0xFF)));
            }
        }
    }

    /** Text, or binary when the string holds bytes that are not UTF-8. */
    static Literal literal(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (isStray(value, i)) {
                return new Literal.Binary(encode(value));
            }
        }
        return new Literal.Text(value);
    }

    private static boolean isStray(String value, int index) {
        char c = value.charAt(index);
        return c >= STRAY && c <= STRAY + 0xFF && (index == 0 || !Character.isHighSurrogate(value.charAt(index - 1)));
    }

    /** The bytes as they were received. */
    static byte[] encode(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length() + 16);
        int plainFrom = 0;
        for (int i = 0; i < value.length(); i++) {
            if (isStray(value, i)) {
                bytes.writeBytes(value.substring(plainFrom, i).getBytes(StandardCharsets.UTF_8));
                bytes.write(value.charAt(i) - STRAY);
                plainFrom = i + 1;
            }
        }
        bytes.writeBytes(value.substring(plainFrom).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
