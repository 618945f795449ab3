package dev.ephpm.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A decoded path that cannot leave the directory it is resolved in: no dot segments, no empty segments, no separators or
 * control characters inside a segment.
 *
 * @param segments without slashes
 * @param directory whether the path ended with a slash; the root does
 */
record SitePath(List<String> segments, boolean directory) {
    static final SitePath ROOT = new SitePath(List.of(), true);

    SitePath {
        segments = List.copyOf(segments);
    }

    /**
     * Decodes an encoded path exactly once. Repeated slashes and plain {@code /./} collapse; whatever is only ever sent to
     * get around a guard is refused with 400.
     */
    static SitePath decode(String encoded) {
        List<String> segments = new ArrayList<>();
        int start = 1;
        while (start <= encoded.length()) {
            int slash = encoded.indexOf('/', start);
            int end = slash < 0 ? encoded.length() : slash;
            addSegment(segments, encoded.substring(start, end));
            start = end + 1;
        }
        return new SitePath(segments, endsAsDirectory(encoded));
    }

    private static boolean endsAsDirectory(String encoded) {
        return encoded.endsWith("/") || encoded.endsWith("/.");
    }

    private static void addSegment(List<String> segments, String encoded) {
        if (encoded.isEmpty() || encoded.equals(".")) {
            return;
        }
        String segment = decodeSegment(encoded);
        if (segment.equals(".") || segment.equals("..")) {
            throw new Refusal(400, "dot segment in the path");
        }
        segments.add(segment);
    }

    private static String decodeSegment(String encoded) {
        if (isPlain(encoded)) {
            return encoded;
        }
        byte[] bytes = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) hex(encoded, i);
                i += 2;
            } else if (c > 0xff) {
                throw new Refusal(400, "character outside of bytes in the path");
            } else {
                bytes[length++] = (byte) c;
            }
        }
        return text(bytes, length);
    }

    /** Letters, digits and harmless marks only, so that decoding would change nothing. */
    private static boolean isPlain(String encoded) {
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '%' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static int hex(String encoded, int percent) {
        if (percent + 2 >= encoded.length()) {
            throw new Refusal(400, "incomplete percent encoding in the path");
        }
        int high = Character.digit(encoded.charAt(percent + 1), 16);
        int low = Character.digit(encoded.charAt(percent + 2), 16);
        if (high < 0 || low < 0 || encoded.charAt(percent + 1) > 'f' || encoded.charAt(percent + 2) > 'f') {
            throw new Refusal(400, "invalid percent encoding in the path");
        }
        return high << 4 | low;
    }

    /** Java's decoder refuses overlong forms, surrogates and truncated sequences. */
    private static String text(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            if (b == '/' || b == '\\' || (b >= 0 && b < ' ') || b == 0x7f) {
                throw new Refusal(400, "separator or control character inside a path segment");
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException invalid) {
            throw new Refusal(400, "path is not UTF-8");
        }
    }

    SitePath asDirectory() {
        return new SitePath(segments, true);
    }

    /** The decoded path with its leading slash, and its trailing one for a directory. */
    @Override
    public String toString() {
        if (segments.isEmpty()) {
            return "/";
        }
        String joined = "/" + String.join("/", segments);
        return directory ? joined + "/" : joined;
    }

    /** The path encoded again, for a Location header; always starts with exactly one slash. */
    String encoded() {
        StringBuilder out = new StringBuilder(64);
        for (byte b : toString().getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isUnreserved(c)) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return out.toString();
    }

    private static final String HEX = "0123456789ABCDEF";

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "/-._~!$&'()*+,;=:@".indexOf(c) >= 0;
    }
}
