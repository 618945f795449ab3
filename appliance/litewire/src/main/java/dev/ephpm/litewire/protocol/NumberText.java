package dev.ephpm.litewire.protocol;

import java.math.BigDecimal;

/** Floating point numbers as MySQL prints them: shortest text that reads back, an exponent only below 1e-15 or from 1e15. */
final class NumberText {
    private static final int MOST_PLAIN_DIGITS = 15;

    private NumberText() {}

    static String of(boolean single, double number) {
        if (!Double.isFinite(number)) {
            return number > 0 ? "inf" : Double.isNaN(number) ? "nan" : "-inf";
        }
        String shortest = single ? Float.toString((float) number) : Double.toString(number);
        BigDecimal exact = new BigDecimal(shortest).stripTrailingZeros();
        if (exact.signum() == 0) {
            return Double.doubleToRawLongBits(number) < 0 ? "-0" : "0";
        }
        int pointAfter = exact.precision() - exact.scale();
        if (pointAfter > -MOST_PLAIN_DIGITS && pointAfter <= MOST_PLAIN_DIGITS) {
            return exact.toPlainString();
        }
        return scientific(exact, pointAfter - 1);
    }

    private static String scientific(BigDecimal exact, int exponent) {
        String digits = exact.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return (exact.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + exponent;
    }
}
