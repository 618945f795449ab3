package dev.ephpm.litewire.dump;

import dev.ephpm.litewire.Literal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a row of INSERT … VALUES. Only literals: a row with anything else, such as NOW() or DEFAULT, is left to
 * the dialect. One thread.
 */
final class RowReader {
    private static final Literal NULL = new Literal.Null();
    private static final Literal ZERO = new Literal.Whole(0);
    private static final Literal ONE = new Literal.Whole(1);
    private static final int LONGEST_LONG = 18;

    private final DumpReader reader;
    private final DumpWindow window;
    private DumpEncoding encoding = DumpEncoding.UTF8;
    private BitSet binary = new BitSet();
    private byte[] unescaped = new byte[1 << 12];
    private int index;

    RowReader(DumpReader reader) {
        this.reader = reader;
        this.window = reader.window();
    }

    void encoding(DumpEncoding used) {
        encoding = used;
    }

    DumpEncoding encoding() {
        return encoding;
    }

    /** Whether text is read as it is, byte by byte, wherever it goes. */
    boolean readsUnicode() {
        return encoding == DumpEncoding.UTF8;
    }

    /** The positions of columns that take bytes: texts for them are not converted. */
    void binary(BitSet positions) {
        binary = positions;
    }

    /**
     * The literals of the row that begins at the window's position, which moves behind it; empty, and the position where it
     * was, when the row holds something else.
     */
    Optional<List<Literal>> read(int expected) {
        List<Literal> values = new ArrayList<>(expected);
        index = window.position() + 1;
        while (true) {
            Literal value = value(values.size());
            if (value == null) {
                return Optional.empty();
            }
            values.add(value);
            skipBlanks();
            int c = window.at(index++);
            if (c == ')') {
                window.advance(index);
                return Optional.of(values);
            }
            if (c != ',') {
                return Optional.empty();
            }
        }
    }

    private void skipBlanks() {
        int c = window.at(index);
        while (c >= 0 && c <= ' ') {
            c = window.at(++index);
        }
    }

    /** Null when it is no literal. */
    private @Nullable Literal value(int position) {
        skipBlanks();
        int c = window.at(index);
        return switch (c) {
            case '\'' -> text(position);
            case '"' -> reader.ansiQuotes() ? null : text(position);
            case '0' -> isHexadecimal() ? hexadecimal(index + 2, true) : number();
            case '1', '2', '3', '4', '5', '6', '7', '8', '9', '-', '.' -> number();
            case 'N', 'n' -> word("NULL") ? NULL : null;
            case 'T', 't' -> word("TRUE") ? ONE : null;
            case 'F', 'f' -> word("FALSE") ? ZERO : null;
            case 'x', 'X' -> window.at(index + 1) == '\'' ? hexadecimal(index + 2, false) : null;
            case 'b', 'B' -> window.at(index + 1) == '\'' ? bits() : null;
            case '_' -> introduced();
            default -> null;
        };
    }

    private boolean isHexadecimal() {
        return window.at(index + 1) == 'x';
    }

    private boolean word(String capitals) {
        for (int i = 0; i < capitals.length(); i++) {
            if ((window.at(index + i) & ~0x20) != capitals.charAt(i)) {
                return false;
            }
        }
        int after = window.at(index + capitals.length());
        if (after >= 0 && DumpReader.isWord((byte) after)) {
            return false;
        }
        index += capitals.length();
        return true;
    }

    private @Nullable Literal introduced() {
        int end = index;
        while (DumpReader.isWord((byte) Math.max(0, window.at(end)))) {
            end++;
        }
        String name = new String(window.bytes(), index + 1, end - index - 1, StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT);
        index = end;
        skipBlanks();
        int c = window.at(index);
        if (name.equals("binary") && c == '\'') {
            int length = unescape();
            return length < 0 ? null : new Literal.Binary(Arrays.copyOf(unescaped, length));
        }
        if (name.equals("binary") && c == '0' && isHexadecimal()) {
            return hexadecimal(index + 2, true);
        }
        Optional<DumpEncoding> named = DumpEncoding.of(name);
        return c == '\'' && named.isPresent() ? text(named.get()) : null;
    }

    private @Nullable Literal text(int position) {
        if (!binary.get(position)) {
            return text(encoding);
        }
        int length = unescape();
        return length < 0 ? null : new Literal.Binary(Arrays.copyOf(unescaped, length));
    }

    /** Null when another text follows, which would have to be put behind this one. */
    private @Nullable Literal text(DumpEncoding named) {
        int open = index;
        int quote = window.at(open);
        int i = open + 1;
        while (true) {
            int limit = window.limit();
            byte[] bytes = window.bytes();
            while (i < limit && bytes[i] != quote && bytes[i] != '\\') {
                i++;
            }
            if (i < limit) {
                break;
            }
            if (window.at(i) < 0) {
                throw reader.cut();
            }
        }
        if (window.at(i) == quote && window.at(i + 1) != quote) {
            index = i + 1;
            return isFollowedByText() ? null : named.literal(window.bytes(), open + 1, i - open - 1);
        }
        int length = unescape();
        return length < 0 ? null : named.literal(unescaped, 0, length);
    }

    private boolean isFollowedByText() {
        skipBlanks();
        int c = window.at(index);
        return c == '\'' || c == '"';
    }

    /** Puts the text that is quoted at the index into {@link #unescaped}; gives its length, or −1 when another follows. */
    private int unescape() {
        int end = reader.quoted(index);
        while (window.at(end) == window.at(index)) {
            end = reader.quoted(end);
        }
        byte[] bytes = window.bytes();
        if (unescaped.length < end - index) {
            unescaped = new byte[Math.max(2 * unescaped.length, end - index)];
        }
        byte quote = bytes[index];
        int length = 0;
        int i = index + 1;
        while (i < end - 1) {
            byte c = bytes[i++];
            if (c == '\\' && reader.backslashEscapes()) {
                byte escaped = bytes[i++];
                if (escaped == '%' || escaped == '_') {
                    unescaped[length++] = c;
                }
                unescaped[length++] = meaning(escaped);
            } else {
                i += c == quote ? 1 : 0;
                unescaped[length++] = c;
            }
        }
        index = end;
        return isFollowedByText() ? -1 : length;
    }

    private static byte meaning(byte escaped) {
        return switch (escaped) {
            case '0' -> 0;
            case 'b' -> '\b';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'Z' -> 0x1a;
            default -> escaped;
        };
    }

    private @Nullable Literal number() {
        int start = index;
        boolean whole = true;
        boolean exponent = false;
        int c = window.at(++index);
        while (isDigit(c) || c == '.' || c == 'e' || c == 'E' || (exponent && (c == '-' || c == '+'))) {
            whole &= isDigit(c);
            exponent |= c == 'e' || c == 'E';
            c = window.at(++index);
        }
        whole &= window.at(start) != '.';
        int length = index - start;
        if (c >= 0 && DumpReader.isWord((byte) c)) {
            return null;
        }
        if (whole && length <= LONGEST_LONG) {
            return whole(start, index);
        }
        String text = new String(window.bytes(), start, length, StandardCharsets.ISO_8859_1);
        try {
            return exponent ? new Literal.Real(Double.parseDouble(text)) : exact(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static Literal exact(String text) {
        BigDecimal number = new BigDecimal(text);
        boolean fits = number.scale() == 0
                && number.precision() <= 19
                && text.indexOf('.') < 0
                && number.toBigInteger().bitLength() < 64;
        return fits ? new Literal.Whole(number.longValueExact()) : new Literal.Decimal(number);
    }

    private @Nullable Literal whole(int start, int end) {
        byte[] bytes = window.bytes();
        boolean negative = bytes[start] == '-';
        long value = 0;
        for (int i = negative ? start + 1 : start; i < end; i++) {
            value = 10 * value + (bytes[i] - '0');
        }
        if (negative && end == start + 1) {
            return null;
        }
        return new Literal.Whole(negative ? -value : value);
    }

    private @Nullable Literal hexadecimal(int from, boolean bare) {
        int end = from;
        while (digit(window.at(end)) >= 0) {
            end++;
        }
        int digits = end - from;
        boolean closed = bare ? digits > 0 : digits % 2 == 0 && window.at(end) == '\'';
        if (!closed) {
            return null;
        }
        byte[] bytes = window.bytes();
        byte[] value = new byte[(digits + 1) / 2];
        int odd = digits % 2;
        for (int i = 0; i < digits; i++) {
            int at = (i + odd) / 2;
            value[at] = (byte) ((value[at] << 4) | digit(bytes[from + i]));
        }
        index = bare ? end : end + 1;
        return new Literal.Binary(value);
    }

    private static int digit(int c) {
        if (isDigit(c)) {
            return c - '0';
        }
        int lower = c | 0x20;
        return c > 0 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** {@code b'101'}. */
    private @Nullable Literal bits() {
        int from = index + 2;
        int end = from;
        while (window.at(end) == '0' || window.at(end) == '1') {
            end++;
        }
        if (window.at(end) != '\'') {
            return null;
        }
        byte[] bytes = window.bytes();
        byte[] value = new byte[Math.max(1, (end - from + 7) / 8)];
        for (int i = 0; i < end - from; i++) {
            int fromLast = end - from - 1 - i;
            value[value.length - 1 - fromLast / 8] |= (byte) ((bytes[from + i] - '0') << (fromLast % 8));
        }
        index = end + 1;
        return new Literal.Binary(value);
    }
}
