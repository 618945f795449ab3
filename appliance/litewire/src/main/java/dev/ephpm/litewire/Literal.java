package dev.ephpm.litewire;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A literal cut out of a statement, or the value of a bound parameter. */
public sealed interface Literal {
    /** The value as SQLite takes it: null, Long, Double, String or byte[]. Decimals are given as exact text. */
    @Nullable
    Object value();

    record Null() implements Literal {
        @Override
        public @Nullable Object value() {
            return null;
        }
    }

    record Whole(long value64) implements Literal {
        @Override
        public Object value() {
            return value64;
        }
    }

    /** An exact number: has a point, or is an integer above 2^63-1. */
    record Decimal(BigDecimal exact) implements Literal {
        @Override
        public Object value() {
            return exact.toPlainString();
        }
    }

    /** A number with an exponent. */
    record Real(double value64) implements Literal {
        @Override
        public Object value() {
            return value64;
        }
    }

    record Text(String text) implements Literal {
        @Override
        public Object value() {
            return text;
        }
    }

    /**
     * x'…', 0x…, b'…', _binary'…' and blob parameters.
     *
     * @param number whether it is a number among numbers, as 0x… and b'…' are
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared or hashed; wrapping would copy every blob.
    record Binary(byte[] bytes, boolean number) implements Literal {
        public Binary(byte[] bytes) {
            this(bytes, false);
        }

        @Override
        public Object value() {
            return bytes;
        }
    }
}
