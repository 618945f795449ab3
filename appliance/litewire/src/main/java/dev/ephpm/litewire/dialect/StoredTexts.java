package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.catalogue.MySqlType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Text, bytes, ENUM and SET on their way into a column. */
final class StoredTexts {
    private static final int QUOTED_BYTES = 6;

    private StoredTexts() {}

    private static Object plain(Object value, StoredColumn.Problems problems) {
        return switch (value) {
            case String text -> text;
            case Double real -> Doubles.text(real);
            case byte[] bytes -> decoded(bytes, problems);
            default -> value.toString();
        };
    }

    /** Bytes that are text become text; others stay bytes where sql_mode lets them pass. */
    private static Object decoded(byte[] bytes, StoredColumn.Problems problems) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            StringBuilder quoted = new StringBuilder();
            for (int i = 0; i < Math.min(bytes.length, QUOTED_BYTES); i++) {
                quoted.append(String.format(java.util.Locale.ROOT, "\\x%02X", bytes[i]));
            }
            problems.incorrect("string", quoted + (bytes.length > QUOTED_BYTES ? "..." : ""));
            return bytes;
        }
    }

    static Object text(Object value, MySqlType type, StoredColumn.Problems problems) {
        if (!(plain(value, problems) instanceof String text)) {
            return value;
        }
        boolean fixed = type.base().equals("char");
        String kept = fitted(text, type, problems);
        return fixed ? withoutPadding(kept) : kept;
    }

    private static String fitted(String text, MySqlType type, StoredColumn.Problems problems) {
        long limit = ColumnTypes.characters(type);
        if (text.length() * 3L <= limit) {
            return text;
        }
        boolean byBytes = type.base().endsWith("text");
        int kept = byBytes ? bytesPrefix(text, limit) : charactersPrefix(text, limit);
        if (kept == text.length()) {
            return text;
        }
        if (!text.substring(kept).isBlank()) {
            problems.tooLong();
        }
        return text.substring(0, kept);
    }

    /** CHAR loses its spaces at the end, but no other white space. */
    private static String withoutPadding(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private static int charactersPrefix(String text, long limit) {
        return text.codePointCount(0, text.length()) <= limit ? text.length() : text.offsetByCodePoints(0, (int) limit);
    }

    private static int bytesPrefix(String text, long limit) {
        long bytes = 0;
        int index = 0;
        while (index < text.length()) {
            int codePoint = text.codePointAt(index);
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (bytes > limit) {
                return index;
            }
            index += Character.charCount(codePoint);
        }
        return index;
    }

    static Object bytes(Object value, MySqlType type, StoredColumn.Problems problems) {
        byte[] bytes = value instanceof byte[] raw
                ? raw
                : plain(value, problems).toString().getBytes(StandardCharsets.UTF_8);
        long limit = ColumnTypes.characters(type);
        if (bytes.length > limit) {
            problems.tooLong();
            return Arrays.copyOf(bytes, (int) limit);
        }
        return type.base().equals("binary") ? Arrays.copyOf(bytes, (int) limit) : bytes;
    }

    static Object enumeration(Object value, MySqlType type, StoredColumn.Problems problems) {
        List<String> values = type.values();
        if (value instanceof Long index) {
            if (index >= 1 && index <= values.size()) {
                return values.get((int) (index - 1));
            }
            problems.truncated();
            return "";
        }
        String text = plain(value, problems).toString().stripTrailing();
        for (String candidate : values) {
            if (candidate.equalsIgnoreCase(text)) {
                return candidate;
            }
        }
        if (NumberText.isWhole(text) && text.length() < 6) {
            int index = NumberText.exact(text).intValue();
            if (index >= 1 && index <= values.size()) {
                return values.get(index - 1);
            }
        }
        problems.truncated();
        return "";
    }

    static Object set(Object value, MySqlType type, StoredColumn.Problems problems) {
        List<String> values = type.values();
        Set<String> chosen = new LinkedHashSet<>();
        if (value instanceof Long bits) {
            for (int i = 0; i < values.size(); i++) {
                if ((bits & (1L << i)) != 0) {
                    chosen.add(values.get(i));
                }
            }
            return String.join(",", chosen);
        }
        Set<String> wanted = new LinkedHashSet<>();
        for (String part : plain(value, problems).toString().split(",")) {
            wanted.add(part.stripTrailing());
        }
        wanted.remove("");
        for (String candidate : values) {
            if (wanted.removeIf(candidate::equalsIgnoreCase)) {
                chosen.add(candidate);
            }
        }
        if (!wanted.isEmpty()) {
            problems.truncated();
        }
        return String.join(",", chosen);
    }
}
