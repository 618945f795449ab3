package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One token of a MySQL statement.
 *
 * @param text words as written; quoted identifiers and variables without their quotes ({@code @name}, {@code @@session.name});
 *     symbols as written; literals as written
 * @param start first character in the statement
 * @param end one past the last character
 * @param value the value of a literal, null for the other kinds
 */
public record Token(
        Kind kind,
        String text,
        int start,
        int end,
        @Nullable Literal value) {

    /** What a token is. */
    public enum Kind {
        /** Keyword or identifier without quotes. */
        WORD,
        /** Identifier in backticks, or in double quotes under ANSI_QUOTES. */
        QUOTED,
        LITERAL,
        /** A {@code ?} marker. */
        PARAMETER,
        /** {@code @name}. */
        USER_VARIABLE,
        /** {@code @@name}, {@code @@session.name}, {@code @@global.name}. */
        SYSTEM_VARIABLE,
        SYMBOL,
        /** The end of the text; has no characters. */
        END
    }

    /** Whether this is the unquoted word given in capitals. */
    public boolean isWord(String capitals) {
        return kind == Kind.WORD && text.equalsIgnoreCase(capitals);
    }

    public boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** Whether an identifier can be read from this token. */
    public boolean isIdentifier() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    public String capitals() {
        return text.toUpperCase(Locale.ROOT);
    }

    /** The value of a literal token. */
    public Literal literal() {
        return Objects.requireNonNull(value, "token is not a literal");
    }
}
