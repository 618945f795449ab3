package dev.ephpm.litewire.sqlite;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Text that came from bytes which are not all UTF-8: applications put pictures and serialised data into plain quotes. Each
 * byte that fits nowhere becomes one lone surrogate U+DC80..U+DCFF, so that no byte is lost on the way to SQLite.
 */
public final class RawText {
    private static final char BASE = 0xDC00;

    /** What Java decodes bytes to that are not UTF-8; text may also have it of its own. */
    private static final char REPLACEMENT = '\uFFFD';

    private RawText() {}

    /** Decodes UTF-8, keeping what is not UTF-8. */
    public static String decode(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeUnicode(bytes, offset, length);
    }

    private static String decodeUnicode(byte[] bytes, int offset, int length) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        try {
            return decoder.decode(ByteBuffer.wrap(bytes, offset, length)).toString();
        } catch (CharacterCodingException e) {
            return decodeRaw(decoder.reset(), ByteBuffer.wrap(bytes, offset, length));
        }
    }

    private static String decodeRaw(CharsetDecoder decoder, ByteBuffer source) {
        CharBuffer target = CharBuffer.allocate(source.remaining());
        while (true) {
            CoderResult result = decoder.decode(source, target, true);
            if (result.isUnderflow()) {
                return target.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                target.put((char) (BASE + (source.get() & 0xff)));
            }
            decoder.reset();
        }
    }

    /** Whether the text holds bytes that are not UTF-8. */
    public static boolean isRaw(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && isRawAt(text, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRawAt(String text, int index) {
        char c = text.charAt(index);
        return c >= BASE + 0x80
                && c <= BASE + 0xff
                && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }

    /** The bytes the text came from. */
    public static byte[] bytes(String text) {
        if (!isRaw(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteBuffer target = ByteBuffer.allocate(text.length() * 3);
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isRawAt(text, i)) {
                target.put(text.substring(start, i).getBytes(StandardCharsets.UTF_8));
                target.put((byte) (text.charAt(i) - BASE));
                start = i + 1;
            }
        }
        target.put(text.substring(start).getBytes(StandardCharsets.UTF_8));
        byte[] bytes = new byte[target.flip().remaining()];
        target.get(bytes);
        return bytes;
    }
}
