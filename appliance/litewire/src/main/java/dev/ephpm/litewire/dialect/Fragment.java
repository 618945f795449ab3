package dev.ephpm.litewire.dialect;

import org.jspecify.annotations.Nullable;

/**
 * A piece of SQLite text with the MySQL type of its value. Compound text is in parentheses.
 *
 * @param origin the stored column when the fragment is nothing else
 * @param slot the literal or parameter when the fragment is nothing else, otherwise −1
 */
record Fragment(String sql, Type type, @Nullable Origin origin, int slot) {
    static Fragment of(String sql, Type type) {
        return new Fragment(sql, type, null, -1);
    }

    boolean isSlot() {
        return slot >= 0;
    }

    /** The same value of a row that may be missing. */
    Fragment asOptional() {
        return new Fragment(sql, type.withNullable(true), origin == null ? null : origin.asOptional(), slot);
    }

    Fragment withType(Type newType) {
        return new Fragment(sql, newType, origin, slot);
    }
}
