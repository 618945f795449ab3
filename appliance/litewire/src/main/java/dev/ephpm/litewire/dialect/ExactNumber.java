package dev.ephpm.litewire.dialect;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that SQLite cannot hold are kept as bytes, their digits: decimals of more than 15 digits, and whole numbers above
 * 2⁶³-1, which have 20 digits with zeros before them so that bytes sort as numbers do. SQLite sorts bytes behind numbers, and
 * computes with them as the real nearest to them. Equal numbers have the same form.
 */
final class ExactNumber {
    /** Decimals of so many digits are the shortest ones of a real. */
    static final int MOST_REAL_DIGITS = 15;

    private static final int UNSIGNED_DIGITS = 20;

    private ExactNumber() {}

    /** A Long, a Double or the digits. */
    static Object of(BigDecimal exact) {
        BigDecimal plain = exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
        if (plain.scale() > 0) {
            return plain.precision() <= MOST_REAL_DIGITS ? (Object) plain.doubleValue() : digits(plain);
        }
        return ofWhole(plain.toBigInteger());
    }

    static Object ofWhole(BigInteger whole) {
        if (whole.bitLength() < Long.SIZE) {
            return whole.longValue();
        }
        String digits = whole.toString();
        boolean padded = whole.signum() > 0 && digits.length() < UNSIGNED_DIGITS;
        return (padded ? "0" + digits : digits).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] digits(BigDecimal exact) {
        return exact.toPlainString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The number a value of SQLite's stands for. */
    static BigDecimal read(@Nullable Object value) {
        return switch (value) {
            case null -> BigDecimal.ZERO;
            case Long whole -> BigDecimal.valueOf(whole);
            case Double real ->
                real.isNaN() || real.isInfinite() ? BigDecimal.ZERO : new BigDecimal(Double.toString(real));
            case BigDecimal exact -> exact;
            case byte[] digits -> NumberText.exact(new String(digits, StandardCharsets.ISO_8859_1));
            default -> NumberText.exact(value.toString());
        };
    }

    /** Its 64 bits: what bit operators work on. */
    static long bits(@Nullable Object value) {
        if (value instanceof Long whole) {
            return whole;
        }
        BigInteger whole = read(value).setScale(0, RoundingMode.HALF_UP).toBigInteger();
        if (whole.bitLength() < Long.SIZE) {
            return whole.longValue();
        }
        if (whole.signum() < 0) {
            return Long.MIN_VALUE;
        }
        return whole.bitLength() > Long.SIZE ? -1 : whole.longValue();
    }

    /** 64 bits as a number without a sign. */
    static Object unsigned(long bits) {
        return bits >= 0 ? (Object) bits : ofWhole(new BigInteger(Long.toUnsignedString(bits)));
    }
}
