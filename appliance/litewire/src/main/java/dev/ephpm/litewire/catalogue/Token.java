package dev.ephpm.litewire.catalogue;

/**
 * A token of a statement about the schema.
 *
 * @param text words as written, names and strings without their quotes and escapes, numbers as written
 * @param start offset of its first character in the statement
 * @param end offset after its last character
 */
record Token(Kind kind, String text, int start, int end) {
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
