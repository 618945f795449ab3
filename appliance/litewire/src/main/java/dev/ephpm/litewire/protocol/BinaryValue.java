package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.Column;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One value in the binary form of its column's type. SQLite may hold anything in any column, so everything is converted. */
final class BinaryValue {
    private static final Pattern NUMBER =
            Pattern.compile("\\s*([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,4})?).*", Pattern.DOTALL);

    private static final BigInteger LARGEST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private BinaryValue() {}

    static void write(PayloadWriter target, Column column, Object value) {
        switch (column.type()) {
            case TINY -> target.integer(whole(value), 1);
            case SHORT, YEAR -> target.integer(whole(value), 2);
            case LONG, INT24 -> target.integer(whole(value), 4);
            case LONGLONG -> target.integer(whole(value), 8);
            case FLOAT -> target.integer(Float.floatToRawIntBits((float) real(value)), 4);
            case DOUBLE -> target.integer(Double.doubleToRawLongBits(real(value)), 8);
            case DATE, DATETIME, TIMESTAMP -> BinaryTime.writeDateTime(target, text(value));
            case TIME -> BinaryTime.writeTime(target, text(value));
            case NULL,
                    DECIMAL,
                    BIT,
                    JSON,
                    NEWDECIMAL,
                    ENUM,
                    SET,
                    TINY_BLOB,
                    MEDIUM_BLOB,
                    LONG_BLOB,
                    BLOB,
                    VAR_STRING,
                    STRING,
                    GEOMETRY ->
                target.lengthEncodedBytes(Objects.requireNonNull(TextRows.text(column, value), "null has no bytes"));
        }
    }

    private static long whole(Object value) {
        return switch (value) {
            case Long number -> number;
            case Double number -> Math.round(number);
            default -> fitting(decimal(value).toBigInteger());
        };
    }

    /** SQLite keeps numbers above 2^63 as floating point, and the largest unsigned number then reads as 2^64. */
    private static long fitting(BigInteger number) {
        if (number.compareTo(LARGEST) > 0) {
            return LARGEST.longValue();
        }
        return number.max(BigInteger.valueOf(Long.MIN_VALUE)).longValue();
    }

    private static double real(Object value) {
        return value instanceof Double number ? number : decimal(value).doubleValue();
    }

    private static BigDecimal decimal(Object value) {
        return switch (value) {
            case BigDecimal number -> number;
            case Long number -> BigDecimal.valueOf(number);
            default -> {
                Matcher number = NUMBER.matcher(text(value));
                yield number.matches() ? new BigDecimal(number.group(1)) : BigDecimal.ZERO;
            }
        };
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
    }
}
