package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A piece of SQLite text with the MySQL type of its value. Compound text is in parentheses.
 *
 * @param origin the stored column when the fragment is nothing else
 * @param slot the literal or parameter when the fragment is nothing else, otherwise −1
 * @param literal its value, when the translation is for one run
 */
record Fragment(
        String sql,
        Type type,
        @Nullable Origin origin,
        int slot,
        @Nullable Literal literal) {
    Fragment(String sql, Type type, @Nullable Origin origin, int slot) {
        this(sql, type, origin, slot, null);
    }

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
        return new Fragment(sql, newType, origin, slot, literal);
    }

    /** The value of a literal whole number, if this is one and it is known. */
    OptionalInt number() {
        Object value = literal instanceof Literal.Whole whole
                ? Long.valueOf(whole.value64())
                : sql.matches("[(]?-?\\d{1,9}[)]?") ? Long.valueOf(sql.replaceAll("[()]", "")) : null;
        return value instanceof Long number && Math.abs(number) <= Integer.MAX_VALUE
                ? OptionalInt.of(number.intValue())
                : OptionalInt.empty();
    }

    boolean isJsonColumn() {
        return origin != null && origin.isJson();
    }

    /** An ENUM or SET, which is a number among numbers. */
    boolean isEnumerated() {
        return origin != null && !origin.column().type().values().isEmpty();
    }
}
