package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Number functions. */
final class NumberBodies {
    private static final int MOST_DECIMALS = 30;
    private static final int MOST_POWER = 400;
    private static final BigInteger GREATEST =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private NumberBodies() {}

    static void add(SqlFunctions functions) {
        functions.add("mysql_number", a -> Truncation.real(a.value(0), a.count() > 1 ? a.text(1) : "DOUBLE"));
        functions.add("mysql_integer", a -> Truncation.whole(a.value(0), a.count() > 1 ? a.text(1) : "INTEGER"));
        // Not a constant even of a constant: every row that divides by zero is told of.
        functions.addChanging("mysql_divisor", NumberBodies::divisor);
        functions.add("mysql_ln", a -> logarithm(a.real(0), Math::log));
        functions.add("mysql_log10", a -> logarithm(a.real(0), Math::log10));
        functions.add("mysql_exp", a -> finite(Math.exp(a.real(0)), "exp"));
        functions.add(
                "mysql_decimal_text",
                a -> ExactNumber.read(a.value(0))
                        .setScale(Math.clamp(a.whole(1), 0, MOST_DECIMALS + 8), RoundingMode.HALF_UP)
                        .toPlainString());
        functions.add("mysql_text", a -> a.value(0) instanceof Double real ? Doubles.text(real) : a.text(0));
        functions.add("mysql_single", a -> (double) (float) a.real(0));
        functions.add("mysql_round_real", a -> roundReal(a.real(0), a.whole(1), false));
        functions.add("mysql_truncate_real", a -> roundReal(a.real(0), a.whole(1), true));
        functions.add("mysql_round", a -> round(a.real(0), a.whole(1), RoundingMode.HALF_UP));
        functions.add("mysql_truncate", a -> round(a.real(0), a.whole(1), RoundingMode.DOWN));
        functions.add("mysql_rand", a -> new SplittableRandom(a.whole(0)).nextDouble());
        functions.add("mysql_conv", a -> convert(a.text(0), (int) a.whole(1), (int) a.whole(2)));
        functions.add("mysql_bit_count", a -> (long) Long.bitCount(a.whole(0)));
        functions.add(
                "mysql_format",
                a -> NumberLocale.of(a.text(2))
                        .format(ExactNumber.read(a.value(0)), Math.clamp(a.whole(1), 0, MOST_DECIMALS)));
    }

    /** NULL with a warning for zero, unless what is divided is nothing. */
    private static @Nullable Object divisor(Arguments a) {
        Object value = a.value(0);
        boolean zero = (value instanceof Long whole && whole == 0) || (value instanceof Double real && real == 0);
        if (zero && !(a.count() > 1 && a.isNull(1))) {
            Truncation.divisionByZero();
        }
        return zero ? null : value;
    }

    private static @Nullable Double logarithm(double value, DoubleUnaryOperator function) {
        if (value > 0) {
            return function.applyAsDouble(value);
        }
        Truncation.divisionByZero();
        return null;
    }

    private static double finite(double value, String function) {
        if (Double.isInfinite(value) || Double.isNaN(value)) {
            throw SqlErrorCode.VALUE_OUT_OF_RANGE.with("DOUBLE", function);
        }
        return value;
    }

    /** In binary, as MariaDB does with reals: 2.5 becomes 2. */
    private static double roundReal(double value, long decimals, boolean cuts) {
        double power = Math.pow(10, (double) Math.min(Math.abs(decimals), MOST_POWER));
        double shifted = decimals < 0 ? value / power : value * power;
        if (Double.isInfinite(power) || Double.isInfinite(shifted)) {
            return decimals < 0 ? 0 : value;
        }
        double whole = cuts ? (shifted < 0 ? Math.ceil(shifted) : Math.floor(shifted)) : Math.rint(shifted);
        double result = decimals < 0 ? whole * power : whole / power;
        return result == 0 ? 0 : result;
    }

    private static double round(double value, long decimals, RoundingMode mode) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return value;
        }
        int scale = Math.clamp(decimals, -MOST_DECIMALS, MOST_DECIMALS);
        return new BigDecimal(Double.toString(value)).setScale(scale, mode).doubleValue();
    }

    private static @Nullable String convert(String number, int from, int to) {
        boolean known = from >= Character.MIN_RADIX
                && from <= Character.MAX_RADIX
                && Math.abs(to) >= Character.MIN_RADIX
                && Math.abs(to) <= Character.MAX_RADIX;
        if (!known || number.isEmpty()) {
            return null;
        }
        String digits = number.strip().toLowerCase(Locale.ROOT);
        boolean negative = digits.startsWith("-");
        int end = negative ? 1 : 0;
        while (end < digits.length() && Character.digit(digits.charAt(end), from) >= 0) {
            end++;
        }
        String usable = digits.substring(0, end);
        if (usable.isEmpty() || usable.equals("-")) {
            return "0";
        }
        BigInteger value = new BigInteger(usable, from);
        BigInteger bounded = value.abs().bitLength() > Long.SIZE ? GREATEST : value;
        BigInteger wrapped =
                to > 0 && bounded.signum() < 0 ? bounded.add(GREATEST).add(BigInteger.ONE) : bounded;
        return wrapped.toString(Math.abs(to)).toUpperCase(Locale.ROOT);
    }
}
