package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.sqlite.RawText;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code CONVERT(x USING charset)}: what the character set cannot say becomes a question mark, with a warning. */
final class CharacterConversion {
    private static final int INVALID_TEXT = 1300;
    private static final int CANNOT_CONVERT = 1977;
    private static final int LAST_OF_THREE_BYTES = 0xFFFF;

    /** MariaDB prints what it could not read into a buffer of this many characters. */
    private static final int SHOWN = 64;

    private static final String CUT = "...";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private CharacterConversion() {}

    /** Text, or bytes that are text of the character set. */
    static String convert(@Nullable Object value, String charset) {
        String name = charset.toLowerCase(Locale.ROOT);
        String shown = name.equals("utf8") ? "utf8mb3" : name;
        if (value instanceof byte[] bytes) {
            return switch (shown) {
                case "utf8mb3" -> unicode(bytes, 3, shown);
                case "utf8mb4" -> unicode(bytes, 4, shown);
                default -> new String(bytes, java(name)).replace('\uFFFD', '?');
            };
        }
        return text(String.valueOf(value), shown, java(name));
    }

    private static Charset java(String name) {
        return Charsets.charset(name).orElse(StandardCharsets.UTF_8);
    }

    private static String text(String text, String charset, Charset java) {
        if (charset.equals("utf8mb4") || text.chars().allMatch(c -> c < 0x80)) {
            return text;
        }
        CharsetEncoder encoder = java.newEncoder();
        StringBuilder converted = new StringBuilder();
        boolean warned = false;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            int next = at + Character.charCount(character);
            boolean fits = charset.equals("utf8mb3")
                    ? character <= LAST_OF_THREE_BYTES
                    : encoder.canEncode(text.substring(at, next));
            if (fits) {
                converted.appendCodePoint(character);
            } else {
                converted.append('?');
                if (!warned) {
                    String bytes = HEX.formatHex(RawText.bytes(text.substring(at, next)));
                    Truncation.warn(
                            CANNOT_CONVERT, "Cannot convert 'utf8mb4' character 0x" + bytes + " to '" + charset + "'");
                    warned = true;
                }
            }
            at = next;
        }
        return converted.toString();
    }

    /** Each byte that belongs to no character of at most so many bytes is a question mark. */
    private static String unicode(byte[] bytes, int longest, String charset) {
        StringBuilder text = new StringBuilder();
        int wrong = -1;
        for (int at = 0; at < bytes.length; ) {
            int length = characterLength(bytes, at, longest);
            if (length == 0) {
                wrong = wrong < 0 ? at : wrong;
                text.append('?');
                at++;
            } else {
                text.append(new String(bytes, at, length, StandardCharsets.UTF_8));
                at += length;
            }
        }
        if (wrong >= 0) {
            Truncation.warn(
                    INVALID_TEXT, "Invalid " + charset + " character string: '" + printable(bytes, wrong) + "'");
        }
        return text.toString();
    }

    /** Bytes of the UTF-8 character there, 0 when there is none. */
    private static int characterLength(byte[] bytes, int at, int longest) {
        int first = bytes[at] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        boolean whole = first >= 0xC2 && length <= longest && at + length <= bytes.length;
        return whole && !RawText.isRaw(RawText.decode(bytes, at, length)) ? length : 0;
    }

    private static String printable(byte[] bytes, int from) {
        StringBuilder shown = new StringBuilder();
        for (int at = from; at < bytes.length; at++) {
            boolean plain = bytes[at] >= ' ' && bytes[at] < 0x7F;
            String next = plain ? String.valueOf((char) bytes[at]) : "\\x" + HEX.toHexDigits(bytes[at]);
            int room = at == bytes.length - 1 ? SHOWN : SHOWN - CUT.length();
            if (shown.length() + next.length() > room) {
                return shown.append(CUT).toString();
            }
            shown.append(next);
        }
        return shown.toString();
    }
}
