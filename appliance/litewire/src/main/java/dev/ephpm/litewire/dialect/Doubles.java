package dev.ephpm.litewire.dialect;

import java.math.BigDecimal;

/** Doubles as MySQL prints them: shortest exact digits, plain up to 15 places, then with an exponent. */
final class Doubles {
    private static final double SMALLEST_PLAIN = 1e-15;
    private static final double LARGEST_PLAIN = 1e15;

    private Doubles() {}

    static String text(double value) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN) {
            return exact.toPlainString();
        }
        int exponent = exact.precision() - exact.scale() - 1;
        BigDecimal mantissa = exact.movePointLeft(exponent).stripTrailingZeros();
        return mantissa.toPlainString() + "e" + exponent;
    }
}
