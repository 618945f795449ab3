package dev.ephpm.litewire.dialect;

import java.math.BigDecimal;

/** Numbers at the beginning of text. */
final class NumberText {
    /** Larger exponents are as good as this one; exact numbers with millions of digits would take all memory. */
    private static final int LARGEST_EXPONENT = 1000;

    private NumberText() {}

    /** Where the number that the text begins with ends; 0 when there is none. Leading blanks belong to it. */
    static int end(String text) {
        int index = 0;
        while (index < text.length() && Characters.isBlank(text.charAt(index))) {
            index++;
        }
        if (index < text.length() && "+-".indexOf(text.charAt(index)) >= 0) {
            index++;
        }
        int digitsFrom = index;
        index = digits(text, index);
        int digits = index - digitsFrom;
        if (index < text.length() && text.charAt(index) == '.') {
            int afterPoint = digits(text, index + 1);
            digits += afterPoint - index - 1;
            index = digits == 0 ? index : afterPoint;
        }
        return digits == 0 ? 0 : exponentEnd(text, index);
    }

    /** Where the whole number that the text begins with ends; 0 when there is none. */
    static int integerEnd(String text) {
        int index = 0;
        while (index < text.length() && Characters.isBlank(text.charAt(index))) {
            index++;
        }
        if (index < text.length() && "+-".indexOf(text.charAt(index)) >= 0) {
            index++;
        }
        int end = digits(text, index);
        return end == index ? 0 : end;
    }

    private static int digits(String text, int from) {
        int index = from;
        while (index < text.length() && Characters.isDigit(text.charAt(index))) {
            index++;
        }
        return index;
    }

    private static int exponentEnd(String text, int from) {
        if (from < text.length() && "eE".indexOf(text.charAt(from)) >= 0) {
            int sign = from + 1 < text.length() && "+-".indexOf(text.charAt(from + 1)) >= 0 ? 2 : 1;
            int end = digits(text, from + sign);
            return end > from + sign ? end : from;
        }
        return from;
    }

    /** The exact number the text begins with; zero when there is none. */
    static BigDecimal exact(String text) {
        int end = end(text);
        if (end == 0) {
            return BigDecimal.ZERO;
        }
        String number = text.substring(0, end).strip();
        int exponentAt = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (exponentAt < 0) {
            return mantissa(number);
        }
        return mantissa(number.substring(0, exponentAt)).scaleByPowerOfTen(exponent(number, exponentAt + 1));
    }

    private static BigDecimal mantissa(String number) {
        return new BigDecimal(number.endsWith(".") ? number + "0" : number);
    }

    private static int exponent(String number, int from) {
        boolean signed = "+-".indexOf(number.charAt(from)) >= 0;
        int size = 0;
        for (int i = signed ? from + 1 : from; i < number.length(); i++) {
            size = Math.min(LARGEST_EXPONENT, size * 10 + number.charAt(i) - '0');
        }
        return number.charAt(from) == '-' ? -size : size;
    }

    /** As a Long when it is whole and small enough, else as a Double. */
    static Object parse(String text) {
        BigDecimal exact = exact(text);
        return Math.abs((long) exact.scale()) > 400 ? Double.valueOf(exact.doubleValue()) : Conversion.number(exact);
    }

    /** Whether nothing but blanks follows the number. */
    static boolean isWhole(String text) {
        int end = end(text);
        return end > 0 && text.substring(end).isBlank();
    }
}
