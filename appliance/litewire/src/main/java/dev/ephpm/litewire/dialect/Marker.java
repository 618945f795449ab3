package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import java.math.BigDecimal;

/**
 * What a shape says of a literal it no longer holds: {@code ?i} a whole number, {@code ?t} plain text and so on.
 *
 * @param precision digits of a decimal in all, else 0
 * @param scale digits after the point of a decimal, else 0
 */
record Marker(Kind kind, int precision, int scale) {
    static final Marker PARAMETER = new Marker(Kind.PARAMETER, 0, 0);
    private static final Marker WHOLE = new Marker(Kind.WHOLE, 0, 0);
    private static final Marker REAL = new Marker(Kind.REAL, 0, 0);
    private static final Marker PLAIN_TEXT = new Marker(Kind.PLAIN_TEXT, 0, 0);
    private static final Marker OTHER_TEXT = new Marker(Kind.OTHER_TEXT, 0, 0);
    private static final Marker BINARY = new Marker(Kind.BINARY, 0, 0);

    /** The kinds; plain text is told apart because SQLite compares it as MySQL does. */
    enum Kind {
        WHOLE('i'),
        DECIMAL('d'),
        REAL('r'),
        PLAIN_TEXT('t'),
        OTHER_TEXT('u'),
        BINARY('b'),
        PARAMETER('p');

        private final char letter;
        private final String text;

        Kind(char letter) {
            this.letter = letter;
            this.text = "?" + letter;
        }
    }

    static Marker of(Literal literal) {
        return switch (literal) {
            case Literal.Whole _ -> WHOLE;
            case Literal.Decimal decimal -> of(decimal.exact());
            case Literal.Real _ -> REAL;
            case Literal.Text text -> Characters.isPlain(text.text()) ? PLAIN_TEXT : OTHER_TEXT;
            case Literal.Binary _, Literal.Null _ -> BINARY;
        };
    }

    private static Marker of(BigDecimal exact) {
        return new Marker(
                Kind.DECIMAL, Math.max(exact.precision(), exact.scale() + (exact.scale() > 0 ? 1 : 0)), exact.scale());
    }

    /** Reads what {@link #text()} wrote after its question mark. */
    static Marker parse(String word) {
        if (word.charAt(0) == Kind.DECIMAL.letter) {
            int separator = word.indexOf('_');
            return new Marker(
                    Kind.DECIMAL,
                    Integer.parseInt(word.substring(1, separator)),
                    Integer.parseInt(word.substring(separator + 1)));
        }
        for (Kind kind : Kind.values()) {
            if (kind.letter == word.charAt(0)) {
                return new Marker(kind, 0, 0);
            }
        }
        throw new IllegalArgumentException("no marker: " + word);
    }

    String text() {
        return kind == Kind.DECIMAL ? "?d" + precision + "_" + scale : kind.text;
    }

    boolean isText() {
        return kind == Kind.PLAIN_TEXT || kind == Kind.OTHER_TEXT;
    }
}
