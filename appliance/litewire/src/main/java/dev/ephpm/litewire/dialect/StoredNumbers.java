package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.catalogue.MySqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** Numbers on their way into a column. */
final class StoredNumbers {
    private static final int FIRST_YEAR = 1901;
    private static final int LAST_YEAR = 2155;
    private static final BigDecimal YEAR_ABOVE_ALL = BigDecimal.valueOf(10_000);

    private StoredNumbers() {}

    static Object integer(Object value, MySqlType type, StoredColumn.Problems problems) {
        if (value instanceof Long whole && type.base().equals("bigint") && !(type.unsigned() && whole < 0)) {
            return whole;
        }
        BigInteger number = exact(value, "integer", problems)
                .setScale(0, RoundingMode.HALF_UP)
                .toBigInteger();
        int bits = switch (type.base()) {
            case "tinyint" -> 8;
            case "smallint" -> 16;
            case "mediumint" -> 24;
            case "int" -> 32;
            default -> 64;
        };
        BigInteger low = type.unsigned()
                ? BigInteger.ZERO
                : BigInteger.ONE.shiftLeft(bits - 1).negate();
        BigInteger high =
                BigInteger.ONE.shiftLeft(type.unsigned() ? bits : bits - 1).subtract(BigInteger.ONE);
        BigInteger stored = number.max(low).min(high);
        if (!stored.equals(number)) {
            problems.outOfRange();
        }
        return ExactNumber.ofWhole(stored);
    }

    /** The number a value is or begins with. */
    private static BigDecimal exact(Object value, String kind, StoredColumn.Problems problems) {
        return switch (value) {
            case Long whole -> BigDecimal.valueOf(whole);
            case Double real -> real.isNaN() || real.isInfinite() ? BigDecimal.ZERO : new BigDecimal(real.toString());
            case BigDecimal decimal -> decimal;
            case byte[] bytes -> ofText(new String(bytes, StandardCharsets.UTF_8), kind, problems);
            default -> ofText(value.toString(), kind, problems);
        };
    }

    private static BigDecimal ofText(String text, String kind, StoredColumn.Problems problems) {
        int end = NumberText.end(text);
        if (end == 0) {
            problems.incorrect(kind, text);
            return BigDecimal.ZERO;
        }
        if (!NumberText.isWhole(text)) {
            problems.truncated();
        }
        return NumberText.exact(text);
    }

    static Object decimal(Object value, MySqlType type, StoredColumn.Problems problems) {
        int digits = type.length() < 0 ? 10 : type.length();
        BigDecimal number = exact(value, "decimal", problems);
        BigDecimal rounded = number.setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.compareTo(number) != 0) {
            problems.rounded();
        }
        BigDecimal largest = BigDecimal.TEN.pow(digits).subtract(BigDecimal.ONE).movePointLeft(type.scale());
        BigDecimal low = type.unsigned() ? BigDecimal.ZERO : largest.negate();
        BigDecimal stored = rounded.max(low).min(largest);
        if (stored.compareTo(rounded) != 0) {
            problems.outOfRange();
        }
        return ExactNumber.of(stored);
    }

    static Object real(Object value, MySqlType type, StoredColumn.Problems problems) {
        double number = value instanceof Double real
                ? real
                : exact(value, "double", problems).doubleValue();
        if (Double.isInfinite(number)) {
            problems.outOfRange();
            number = Math.copySign(Double.MAX_VALUE, number);
        }
        if (type.unsigned() && number < 0) {
            problems.outOfRange();
            return 0.0;
        }
        return type.length() > 0
                ? Double.valueOf(new BigDecimal(Double.toString(number))
                        .setScale(type.scale(), RoundingMode.HALF_UP)
                        .doubleValue())
                : Double.valueOf(number);
    }

    /** FLOAT keeps seven digits; the nearest short decimal is stored, so that it prints as MySQL prints it. */
    static Object single(Object value, MySqlType type, StoredColumn.Problems problems) {
        double number = (Double) real(value, type, problems);
        float nearest = (float) number;
        if (Float.isInfinite(nearest)) {
            problems.outOfRange();
            return (double) Math.copySign(Float.MAX_VALUE, nearest);
        }
        return new BigDecimal(Float.toString(nearest))
                .round(MathContext.DECIMAL32)
                .doubleValue();
    }

    static Object year(Object value, StoredColumn.Problems problems) {
        String text = value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
        boolean written = value instanceof byte[] || value instanceof String;
        int year = exact(value, "integer", problems)
                .max(BigDecimal.ONE.negate())
                .min(YEAR_ABOVE_ALL)
                .intValue();
        if (year == 0) {
            // Of text it is the year 2000, but for 0000 and what is no number at all.
            return written && text.length() != 4 && NumberText.end(text) > 0 ? 2000L : 0L;
        }
        if (year > 0 && year < 70) {
            return 2000L + year;
        }
        if (year > 0 && year < 100) {
            return 1900L + year;
        }
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            problems.outOfRange();
            return 0L;
        }
        return (long) year;
    }

    static Object bits(Object value, MySqlType type, StoredColumn.Problems problems) {
        BigInteger number = switch (value) {
            case byte[] bytes -> new BigInteger(1, bytes);
            case String text -> new BigInteger(1, text.getBytes(StandardCharsets.UTF_8));
            default -> exact(value, "integer", problems).toBigInteger();
        };
        int width = Math.max(type.length(), 1);
        if (number.bitLength() > width) {
            problems.tooWide();
            return width == Long.SIZE ? -1L : (1L << width) - 1;
        }
        return number.longValue();
    }
}
