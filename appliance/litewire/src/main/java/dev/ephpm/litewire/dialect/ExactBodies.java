package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic with exact numbers, see {@link ExactNumber}. The last argument of an operator is the result's kind: digits after
 * the point, or {@link #SIGNED} or {@link #UNSIGNED} for whole numbers, which end in 1690 when 64 bits are too few.
 */
final class ExactBodies {
    static final int SIGNED = -1;
    static final int UNSIGNED = -2;
    private static final int WORD = 9;
    private static final int MOST_DECIMALS = 30;
    private static final int KEY_BIAS = 500;
    private static final int EXPONENT_DIGITS = 4;
    private static final BigInteger GREATEST_UNSIGNED =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private ExactBodies() {}

    static void add(SqlFunctions functions) {
        functions.add("mysql_plus", a -> result(left(a).add(right(a)), a));
        functions.add("mysql_minus", a -> result(left(a).subtract(right(a)), a));
        functions.add("mysql_times", a -> result(left(a).multiply(right(a)), a));
        functions.add("mysql_divide", ExactBodies::divide);
        functions.add("mysql_quotient", ExactBodies::quotient);
        functions.add("mysql_remainder", ExactBodies::remainder);
        functions.add("mysql_absolute", a -> ExactNumber.of(left(a).abs()));
        functions.add("mysql_compare", a -> (long) left(a).compareTo(right(a)));
        functions.add("mysql_rounded", ExactBodies::rounded);
        functions.add("mysql_greatest", a -> extreme(a, 1));
        functions.add("mysql_least", a -> extreme(a, -1));
        functions.add("mysql_number_key", a -> key(left(a)));
        functions.add("mysql_key_number", a -> ExactNumber.of(number(a.text(0))));
        functions.add("mysql_shift_left", a -> shifted(a.whole(0), a.whole(1), true));
        functions.add("mysql_shift_right", a -> shifted(a.whole(0), a.whole(1), false));
        functions.add("mysql_bits", a -> ExactNumber.bits(a.value(0)));
        functions.add("mysql_unsigned", a -> ExactNumber.unsigned(a.whole(0)));
        functions.add("mysql_finite", a -> finite(a.real(0)));
    }

    private static BigDecimal left(Arguments a) {
        return ExactNumber.read(a.value(0));
    }

    private static BigDecimal right(Arguments a) {
        return ExactNumber.read(a.value(1));
    }

    private static double finite(double value) {
        if (Double.isInfinite(value)) {
            throw SqlErrorCode.VALUE_OUT_OF_RANGE.with("DOUBLE", "");
        }
        return value;
    }

    private static Object result(BigDecimal exact, Arguments a) {
        int kind = (int) a.whole(2);
        if (kind >= 0) {
            return ExactNumber.of(exact.setScale(Math.min(kind, MOST_DECIMALS), RoundingMode.HALF_UP));
        }
        return whole(exact.toBigInteger(), kind);
    }

    private static Object whole(BigInteger whole, int kind) {
        boolean fits = kind == SIGNED
                ? whole.bitLength() < Long.SIZE
                : whole.signum() >= 0 && whole.compareTo(GREATEST_UNSIGNED) <= 0;
        if (!fits) {
            throw SqlErrorCode.VALUE_OUT_OF_RANGE.with(kind == SIGNED ? "BIGINT" : "BIGINT UNSIGNED", "");
        }
        return ExactNumber.ofWhole(whole);
    }

    /** Decimal quotients are computed to whole groups of nine digits and not rounded. The divisor is not zero. */
    private static @Nullable Object divide(Arguments a) {
        BigDecimal divisor = right(a);
        if (divisor.signum() == 0) {
            return null;
        }
        int digits = (Math.clamp(a.whole(2), 0, MOST_DECIMALS) + WORD - 1) / WORD * WORD;
        return ExactNumber.of(left(a).divide(divisor, digits, RoundingMode.DOWN));
    }

    private static @Nullable Object quotient(Arguments a) {
        BigDecimal divisor = right(a);
        return divisor.signum() == 0
                ? null
                : whole(left(a).divideToIntegralValue(divisor).toBigInteger(), (int) a.whole(2));
    }

    private static @Nullable Object remainder(Arguments a) {
        BigDecimal divisor = right(a);
        return divisor.signum() == 0 ? null : ExactNumber.of(left(a).remainder(divisor));
    }

    /** The third argument: 0 rounds half up, 1 cuts off, 2 rounds down and 3 up. */
    private static Object rounded(Arguments a) {
        int scale = Math.clamp(a.whole(1), -MOST_DECIMALS * 3, MOST_DECIMALS);
        RoundingMode mode = switch ((int) a.whole(2)) {
            case 0 -> RoundingMode.HALF_UP;
            case 1 -> RoundingMode.DOWN;
            case 2 -> RoundingMode.FLOOR;
            default -> RoundingMode.CEILING;
        };
        return ExactNumber.of(left(a).setScale(scale, mode));
    }

    private static Object shifted(long bits, long places, boolean left) {
        if (places < 0 || places >= Long.SIZE) {
            return 0L;
        }
        return ExactNumber.unsigned(left ? bits << places : bits >>> places);
    }

    private static Object extreme(Arguments a, int sign) {
        BigDecimal best = left(a);
        for (int i = 1; i < a.count(); i++) {
            BigDecimal next = ExactNumber.read(a.value(i));
            best = next.compareTo(best) * sign > 0 ? next : best;
        }
        return ExactNumber.of(best);
    }

    /** Text that sorts as numbers do: sign, exponent, digits; of negative numbers all are turned round. */
    private static String key(BigDecimal number) {
        if (number.signum() == 0) {
            return "1";
        }
        BigDecimal size = number.abs().stripTrailingZeros();
        int exponent = size.precision() - size.scale() + KEY_BIAS;
        String digits = String.format(Locale.ROOT, "%04d", exponent) + size.unscaledValue();
        if (number.signum() > 0) {
            return "2" + digits;
        }
        return "0" + turned(digits) + "~";
    }

    private static String turned(String digits) {
        byte[] turned = digits.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < turned.length; i++) {
            turned[i] = (byte) ('0' + '9' - turned[i]);
        }
        return new String(turned, StandardCharsets.US_ASCII);
    }

    /** The number such a text was made of. */
    private static BigDecimal number(String key) {
        if (key.equals("1")) {
            return BigDecimal.ZERO;
        }
        boolean negative = key.startsWith("0");
        String digits = negative ? turned(key.substring(1, key.length() - 1)) : key.substring(1);
        BigInteger unscaled = new BigInteger(digits.substring(EXPONENT_DIGITS));
        int exponent = Integer.parseInt(digits.substring(0, EXPONENT_DIGITS)) - KEY_BIAS;
        BigDecimal size = new BigDecimal(unscaled, digits.length() - EXPONENT_DIGITS - exponent);
        return negative ? size.negate() : size;
    }
}
