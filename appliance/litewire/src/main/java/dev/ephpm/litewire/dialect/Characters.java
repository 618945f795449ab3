package dev.ephpm.litewire.dialect;

import java.util.List;

/** Character classes of MySQL text. */
final class Characters {
    /** Longest first. */
    static final List<String> LONG_SYMBOLS =
            List.of("<=>", "->>", "<=", ">=", "<>", "!=", ":=", "->", "||", "&&", "<<", ">>");

    static final String BEGIN_LONG_SYMBOLS = "<->!:|&";

    static final String SYMBOLS = "()+-*/%,.;=<>!&|^~:@{}[]\\$";

    private static final boolean[] WORD = new boolean[0x80];

    static {
        for (char c = 0; c < WORD.length; c++) {
            WORD[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || c == '$';
        }
    }

    private Characters() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    static boolean isWord(char c) {
        return c >= WORD.length || WORD[c];
    }

    static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Of ASCII, as C's ispunct. */
    static boolean isPunctuation(char c) {
        return c > ' ' && c < 0x7f && !isDigit(c) && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z');
    }

    /** Text that NOCASE compares as MySQL's collations do: printable ASCII and white space, no space at the end. */
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > '~' || (c < ' ' && (c < '\t' || c > '\r'))) {
                return false;
            }
        }
        return !text.endsWith(" ");
    }

    /** Appends what a backslash and this character mean; LIKE keeps the backslash before its wildcards. */
    static void appendUnescaped(StringBuilder target, char escaped) {
        switch (escaped) {
            case '0' -> target.append('\0');
            case 'b' -> target.append('\b');
            case 'n' -> target.append('\n');
            case 'r' -> target.append('\r');
            case 't' -> target.append('\t');
            case 'Z' -> target.append('\u001a');
            case '%', '_' -> target.append('\\').append(escaped);
            default -> target.append(escaped);
        }
    }
}
