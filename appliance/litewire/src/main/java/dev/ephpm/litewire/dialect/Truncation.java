package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.Warnings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Conversions inside expressions that lose something: they go on with what is left and leave a warning. */
final class Truncation {
    private static final int SHOWN = 128;
    static final int WRONG_VALUE = 1292;

    private Truncation() {}

    static void warn(int number, String message) {
        RunningStatement.warn(Warnings.Level.WARNING, number, message);
    }

    static void note(int number, String message) {
        RunningStatement.warn(Warnings.Level.NOTE, number, message);
    }

    /** {@code Truncated incorrect DOUBLE value: '5abc'}. */
    static void truncated(String kind, String value) {
        warn(WRONG_VALUE, message(kind, value));
    }

    static String message(String kind, String value) {
        return SqlErrorCode.TRUNCATED_IN_EXPRESSION.with(kind, shown(value)).getMessage();
    }

    /** {@code Incorrect datetime value: 'abc'}. */
    static void incorrect(String kind, String value) {
        warn(WRONG_VALUE, "Incorrect " + kind + " value: '" + shown(value) + "'");
    }

    static void divisionByZero() {
        warn(
                SqlErrorCode.DIVISION_BY_ZERO.number(),
                SqlErrorCode.DIVISION_BY_ZERO.with().getMessage());
    }

    static String shown(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN);
    }

    /** Text as the double it begins with. */
    static Object real(@Nullable Object value, String kind) {
        return switch (value) {
            case Long whole -> (Object) whole.doubleValue();
            case Double real -> real;
            case byte[] bytes -> real(new String(bytes, StandardCharsets.UTF_8), kind);
            case null, default -> exact(String.valueOf(value), kind).doubleValue();
        };
    }

    /** Text as the exact number it begins with. */
    static BigDecimal exact(String text, String kind) {
        if (!NumberText.isWhole(text)) {
            truncated(kind, text);
        }
        return NumberText.exact(text);
    }

    /** Text as the whole number it begins with; digits after a point are cut off. */
    static Object whole(@Nullable Object value, String kind) {
        return switch (value) {
            case Long whole -> (Object) whole;
            case Double real -> Math.round(real);
            case byte[] bytes -> whole(new String(bytes, StandardCharsets.UTF_8), kind);
            case null, default -> wholeText(String.valueOf(value), kind);
        };
    }

    private static Object wholeText(String text, String kind) {
        int end = NumberText.integerEnd(text);
        if (end == 0 || !text.substring(end).isBlank()) {
            truncated(kind, text);
        }
        if (end == 0) {
            return 0L;
        }
        java.math.BigInteger whole =
                new java.math.BigInteger(text.substring(0, end).strip().replace("+", ""));
        if (whole.bitLength() < Long.SIZE) {
            return whole.longValue();
        }
        return whole.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** What to say of a literal that is compared with moments and is none. */
    static Optional<String> ofMoment(Conversion conversion, Literal literal) {
        boolean dated = conversion == Conversion.DATETIME || conversion == Conversion.DATE;
        if (!dated && conversion != Conversion.TIME) {
            return Optional.empty();
        }
        String text = Conversion.text(literal);
        if (text == null) {
            return Optional.empty();
        }
        boolean fine = dated ? Moment.read(text).isPresent() : Clock.parse(text).isPresent();
        return fine ? Optional.empty() : Optional.of(message(dated ? "datetime" : "time", text));
    }
}
