package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlMode;
import java.util.ArrayList;
import java.util.List;

/** Cuts a statement about the schema into tokens; comments vanish, the content of version comments stays. */
final class Tokenizer {
    /** MariaDB 10.11 as a version comment names it. */
    private static final int SERVER_VERSION = 101_100;

    private static final List<String> LONG_SYMBOLS =
            List.of("<=>", "->>", "<>", "!=", "<=", ">=", "||", "&&", ":=", "->", "<<", ">>");

    private final String text;
    private final SqlMode mode;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private Tokenizer(String text, SqlMode mode) {
        this.text = text;
        this.mode = mode;
    }

    /** All tokens, the last one of kind END. */
    static List<Token> tokenize(String text, SqlMode mode) {
        Tokenizer tokenizer = new Tokenizer(text, mode);
        while (tokenizer.position < text.length()) {
            tokenizer.step();
        }
        tokenizer.add(Token.Kind.END, "", text.length());
        return List.copyOf(tokenizer.tokens);
    }

    private void step() {
        char c = text.charAt(position);
        if (Character.isWhitespace(c)) {
            position++;
        } else if (c == '#' || text.startsWith("--", position) && isBlankAt(position + 2)) {
            int end = text.indexOf('\n', position);
            position = end < 0 ? text.length() : end + 1;
        } else if (text.startsWith("/*", position)) {
            comment();
        } else if (text.startsWith("*/", position)) {
            position += 2;
        } else if (c == '`' || c == '"' && mode.ansiQuotes()) {
            quotedName(c);
        } else if (c == '\'' || c == '"') {
            string(c, position);
        } else if (isDigit(c) || c == '.' && position + 1 < text.length() && isDigit(text.charAt(position + 1))) {
            number();
        } else if (c == '@') {
            variable();
        } else if (isNamePart(c)) {
            word();
        } else {
            symbol();
        }
    }

    private void comment() {
        if (text.startsWith("/*!", position) || text.startsWith("/*M!", position)) {
            position = text.indexOf('!', position) + 1;
            int digits = position;
            while (digits < text.length() && digits - position < 6 && isDigit(text.charAt(digits))) {
                digits++;
            }
            int version = digits - position >= 5 ? Integer.parseInt(text.substring(position, digits)) : 0;
            if (version <= SERVER_VERSION) {
                position = version == 0 ? position : digits;
                return;
            }
        }
        int end = text.indexOf("*/", position);
        position = end < 0 ? text.length() : end + 2;
    }

    private void quotedName(char quote) {
        int start = position;
        StringBuilder name = new StringBuilder();
        for (position++; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == quote) {
                if (position + 1 < text.length() && text.charAt(position + 1) == quote) {
                    position++;
                } else {
                    position++;
                    add(Token.Kind.NAME, name.toString(), start);
                    return;
                }
            }
            name.append(c);
        }
        throw SyntaxErrors.near(text, start);
    }

    private void string(char quote, int start) {
        StringBuilder value = new StringBuilder();
        for (position++; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == quote) {
                if (position + 1 < text.length() && text.charAt(position + 1) == quote) {
                    position++;
                } else {
                    position++;
                    add(Token.Kind.STRING, value.toString(), start);
                    return;
                }
            } else if (c == '\\' && !mode.noBackslashEscapes() && position + 1 < text.length()) {
                position++;
                escape(text.charAt(position), value);
                continue;
            }
            value.append(c);
        }
        throw SyntaxErrors.near(text, start);
    }

    private static void escape(char c, StringBuilder value) {
        switch (c) {
            case '0' -> value.append('\0');
            case 'b' -> value.append('\b');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'Z' -> value.append('\u001a');
            // A LIKE pattern still needs to see that these were escaped.
            case '%', '_' -> value.append('\\').append(c);
            default -> value.append(c);
        }
    }

    private void number() {
        int start = position;
        if (text.startsWith("0x", position) || text.startsWith("0b", position)) {
            boolean hex = text.charAt(position + 1) == 'x';
            int end = position + 2;
            while (end < text.length() && Character.digit(text.charAt(end), hex ? 16 : 2) >= 0) {
                end++;
            }
            if (end > position + 2 && (end == text.length() || !isNamePart(text.charAt(end)))) {
                position = end;
                add(hex ? Token.Kind.HEX : Token.Kind.BITS, text.substring(start + 2, end), start);
                return;
            }
        }
        digits();
        if (position < text.length() && text.charAt(position) == '.') {
            position++;
            digits();
        }
        exponent();
        if (position < text.length() && isNamePart(text.charAt(position)) && onlyDigits(start)) {
            word();
            Token last = tokens.removeLast();
            tokens.add(new Token(Token.Kind.WORD, text.substring(start, last.end()), start, last.end()));
            return;
        }
        add(Token.Kind.NUMBER, text.substring(start, position), start);
    }

    private boolean onlyDigits(int start) {
        return text.substring(start, position).chars().allMatch(Character::isDigit);
    }

    private void exponent() {
        if (position < text.length() && (text.charAt(position) | 0x20) == 'e') {
            int next = position + 1;
            if (next < text.length() && (text.charAt(next) == '+' || text.charAt(next) == '-')) {
                next++;
            }
            if (next < text.length() && isDigit(text.charAt(next))) {
                position = next;
                digits();
            }
        }
    }

    private void digits() {
        while (position < text.length() && isDigit(text.charAt(position))) {
            position++;
        }
    }

    private void variable() {
        int start = position;
        while (position < text.length() && (text.charAt(position) == '@' || isNamePart(text.charAt(position)))) {
            position++;
        }
        add(Token.Kind.VARIABLE, text.substring(start, position), start);
    }

    private void word() {
        int start = position;
        while (position < text.length() && isNamePart(text.charAt(position))) {
            position++;
        }
        String word = text.substring(start, position);
        boolean quoted = position < text.length() && text.charAt(position) == '\'';
        if (quoted && (word.equalsIgnoreCase("x") || word.equalsIgnoreCase("b"))) {
            string('\'', start);
            Token digits = tokens.removeLast();
            Token.Kind kind = word.equalsIgnoreCase("x") ? Token.Kind.HEX : Token.Kind.BITS;
            tokens.add(new Token(kind, digits.text(), start, digits.end()));
            return;
        }
        // A character set introducer (N'…', _utf8'…') changes nothing: all text is Unicode here.
        if (quoted && (word.equalsIgnoreCase("n") || word.startsWith("_"))) {
            string('\'', start);
            return;
        }
        add(Token.Kind.WORD, word, start);
    }

    private void symbol() {
        int start = position;
        for (String symbol : LONG_SYMBOLS) {
            if (text.startsWith(symbol, position)) {
                position += symbol.length();
                add(Token.Kind.SYMBOL, symbol, start);
                return;
            }
        }
        position++;
        add(Token.Kind.SYMBOL, text.substring(start, position), start);
    }

    private void add(Token.Kind kind, String value, int start) {
        tokens.add(new Token(kind, value, start, position));
    }

    private boolean isBlankAt(int index) {
        return index >= text.length() || text.charAt(index) <= ' ';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNamePart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_' || c == '$' || c >= 0x80;
    }
}
