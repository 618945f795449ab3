package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.dialect.Lexer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A token of a statement about the schema. Unlike the lexer's it tells kinds of literals apart, because definitions print
 * them again.
 *
 * @param text words as written, names and strings without their quotes and escapes, numbers as written
 * @param start offset of its first character in the statement
 * @param end offset after its last character
 */
record Token(Kind kind, String text, int start, int end) {
    /** All tokens, the last one of kind END. Throws 1064. */
    static List<Token> all(String statement, SqlMode mode) {
        return Lexer.tokens(statement, mode).stream().map(Token::of).toList();
    }

    private static Token of(dev.ephpm.litewire.dialect.Token token) {
        Kind kind = switch (token.kind()) {
            case WORD -> Kind.WORD;
            case QUOTED -> Kind.NAME;
            case LITERAL -> literal(token);
            case USER_VARIABLE, SYSTEM_VARIABLE -> Kind.VARIABLE;
            case SYMBOL, PARAMETER -> Kind.SYMBOL;
            case END -> Kind.END;
        };
        String text = switch (kind) {
            case STRING -> text(Objects.requireNonNull(token.value(), "a literal has a value"));
            case HEX, BITS -> digits(token.text());
            default -> token.text();
        };
        return new Token(kind, text, token.start(), token.end());
    }

    private static Kind literal(dev.ephpm.litewire.dialect.Token token) {
        String written = token.text().toLowerCase(Locale.ROOT);
        if (token.value() instanceof Literal.Whole
                || token.value() instanceof Literal.Decimal
                || token.value() instanceof Literal.Real) {
            return Kind.NUMBER;
        }
        if (written.startsWith("x'") || written.startsWith("0x")) {
            return Kind.HEX;
        }
        return written.startsWith("b'") || written.startsWith("0b") ? Kind.BITS : Kind.STRING;
    }

    private static String text(Literal value) {
        return value instanceof Literal.Binary binary
                ? new String(binary.bytes(), StandardCharsets.UTF_8)
                : String.valueOf(value.value());
    }

    private static String digits(String written) {
        String digits = written.substring(2);
        return digits.endsWith("'") ? digits.substring(0, digits.length() - 1) : digits;
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** What a token is. */
    enum Kind {
        /** A keyword or an unquoted name. */
        WORD,
        /** A quoted name. */
        NAME,
        STRING,
        NUMBER,
        /** x'41' or 0x41; the text is the hexadecimal digits. */
        HEX,
        /** b'101' or 0b101; the text is the binary digits. */
        BITS,
        /** {@code @x} or {@code @@x}. */
        VARIABLE,
        SYMBOL,
        END
    }
}
