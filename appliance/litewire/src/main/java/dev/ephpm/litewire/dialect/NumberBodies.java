package dev.ephpm.litewire.dialect;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Number functions. */
final class NumberBodies {
    private static final int MOST_DECIMALS = 30;

    private NumberBodies() {}

    static void add(SqlFunctions functions) {
        functions.add("mysql_text", a -> a.value(0) instanceof Double real ? Doubles.text(real) : a.text(0));
        functions.add("mysql_round", a -> round(a.real(0), a.whole(1), RoundingMode.HALF_UP));
        functions.add("mysql_truncate", a -> round(a.real(0), a.whole(1), RoundingMode.DOWN));
        functions.add("mysql_decimal", a -> decimal(a.value(0), (int) a.whole(1), (int) a.whole(2)));
        functions.add("mysql_rand", a -> new SplittableRandom(a.whole(0)).nextDouble());
        functions.add("mysql_conv", a -> convert(a.text(0), (int) a.whole(1), (int) a.whole(2)));
        functions.add("mysql_bit_count", a -> (long) Long.bitCount(a.whole(0)));
        functions.add("mysql_format", a -> format(a.real(0), (int) a.whole(1)));
    }

    private static double round(double value, long decimals, RoundingMode mode) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return value;
        }
        int scale = Math.clamp(decimals, -MOST_DECIMALS, MOST_DECIMALS);
        return new BigDecimal(Double.toString(value)).setScale(scale, mode).doubleValue();
    }

    private static Object decimal(@Nullable Object value, int digits, int decimals) {
        BigDecimal exact = value instanceof Double real
                ? new BigDecimal(real.toString())
                : NumberText.exact(String.valueOf(value));
        BigDecimal largest = BigDecimal.TEN.pow(digits).subtract(BigDecimal.ONE).movePointLeft(decimals);
        BigDecimal rounded = exact.setScale(decimals, RoundingMode.HALF_UP);
        return Conversion.number(rounded.min(largest).max(largest.negate()));
    }

    private static @Nullable String convert(String number, int from, int to) {
        boolean known = from >= Character.MIN_RADIX
                && from <= Character.MAX_RADIX
                && Math.abs(to) >= Character.MIN_RADIX
                && Math.abs(to) <= Character.MAX_RADIX;
        if (!known) {
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
        BigInteger wrapped = to > 0 && value.signum() < 0 ? value.add(BigInteger.ONE.shiftLeft(Long.SIZE)) : value;
        return wrapped.toString(Math.abs(to)).toUpperCase(Locale.ROOT);
    }

    private static String format(double value, int decimals) {
        int shown = Math.clamp(decimals, 0, MOST_DECIMALS);
        String pattern = shown == 0 ? "#,##0" : "#,##0." + "0".repeat(shown);
        DecimalFormat format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(new BigDecimal(Double.toString(value)));
    }
}
