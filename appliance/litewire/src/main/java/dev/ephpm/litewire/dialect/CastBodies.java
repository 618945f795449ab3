package dev.ephpm.litewire.dialect;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Numbers made of other numbers, with the warnings for what does not fit. */
final class CastBodies {
    private static final int OUT_OF_RANGE = 1264;
    private static final int OVERFLOW = 1916;
    private static final int COMPLEMENT = 1105;

    /** Reals from here on are no decimals. */
    private static final double NO_DECIMAL = 1e65;

    private static final BigInteger GREATEST_UNSIGNED =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);
    private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);

    private CastBodies() {}

    static void add(SqlFunctions functions) {
        functions.add("mysql_decimal", a -> decimal(a.value(0), (int) a.whole(1), (int) a.whole(2)));
        functions.add("mysql_cast_bits", a -> bits(a.value(0)));
        functions.add("mysql_cast_signed", a -> signed(a.value(0)));
        functions.add("mysql_cast_unsigned", a -> unsigned(a.value(0)));
        functions.add("mysql_cast_unsigned_decimal", a -> unsignedDecimal(a.value(0)));
    }

    private static Object decimal(@Nullable Object value, int digits, int decimals) {
        BigDecimal largest = BigDecimal.TEN.pow(digits).subtract(BigDecimal.ONE).movePointLeft(decimals);
        BigDecimal rounded = ExactNumber.read(value).setScale(decimals, RoundingMode.HALF_UP);
        BigDecimal cast = rounded.min(largest).max(largest.negate());
        if (cast.compareTo(rounded) != 0) {
            warnOfNoDecimal(value);
            Truncation.warn(OUT_OF_RANGE, "Out of range value for column 'CAST' at row 1");
        }
        return ExactNumber.of(cast);
    }

    private static void warnOfNoDecimal(@Nullable Object value) {
        if (value instanceof Double real && Math.abs(real) >= NO_DECIMAL) {
            Truncation.warn(OVERFLOW, "Got overflow when converting '' to DECIMAL. Value truncated");
        }
    }

    private static void warnOfOverflow(@Nullable Object value, String kind) {
        String shown = value instanceof Double real
                ? Doubles.text(real)
                : ExactNumber.read(value).toPlainString();
        Truncation.warn(OVERFLOW, "Got overflow when converting '" + shown + "' to " + kind + ". Value truncated");
    }

    private static BigInteger whole(@Nullable Object value) {
        return ExactNumber.read(value).setScale(0, RoundingMode.HALF_UP).toBigInteger();
    }

    /** For bit operators. */
    private static Object bits(@Nullable Object value) {
        BigInteger whole = whole(value);
        if (whole.compareTo(GREATEST_UNSIGNED) > 0 || whole.compareTo(LEAST) < 0) {
            warnOfNoDecimal(value);
            warnOfOverflow(value, whole.signum() < 0 ? "INT" : "UNSIGNED INT");
        }
        return ExactNumber.bits(value);
    }

    private static Object signed(@Nullable Object value) {
        BigInteger whole = whole(value);
        BigInteger cast = whole.min(GREATEST).max(LEAST);
        if (!cast.equals(whole)) {
            warnOfOverflow(value, "INT");
        }
        return cast.longValue();
    }

    /** Of a decimal or real: what is negative is zero. */
    private static Object unsignedDecimal(@Nullable Object value) {
        BigInteger whole = whole(value);
        BigInteger cast = whole.min(GREATEST_UNSIGNED).max(BigInteger.ZERO);
        if (!cast.equals(whole)) {
            warnOfOverflow(value, "UNSIGNED INT");
        }
        return ExactNumber.ofWhole(cast);
    }

    /** Of a whole number or text: what is negative wraps round. */
    private static Object unsigned(@Nullable Object value) {
        boolean text = value instanceof String;
        BigInteger whole = text ? leading(String.valueOf(value)) : whole(value);
        BigInteger cast = whole.min(GREATEST_UNSIGNED).max(LEAST);
        if (cast.signum() < 0 && cast.equals(whole)) {
            Truncation.note(COMPLEMENT, "Cast to unsigned converted negative integer to it's positive complement");
        }
        return ExactNumber.unsigned(cast.longValue());
    }

    private static BigInteger leading(String text) {
        int end = NumberText.integerEnd(text);
        BigInteger whole = end == 0
                ? BigInteger.ZERO
                : new BigInteger(text.substring(0, end).strip().replace("+", ""));
        boolean fits = whole.compareTo(GREATEST_UNSIGNED) <= 0 && whole.compareTo(LEAST) >= 0;
        if (end == 0 || !text.substring(end).isBlank() || !fits) {
            Truncation.truncated("INTEGER", text);
        }
        return whole;
    }
}
