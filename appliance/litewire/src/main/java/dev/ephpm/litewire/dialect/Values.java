package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.catalogue.MySqlType;
import dev.ephpm.litewire.sqlite.RawText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values on their way from SQLite to the client, in the form their MySQL type has. */
final class Values {
    private static final int FLOAT_DIGITS = 6;
    private static final int FREE_DECIMALS = 31;
    private static final int MOST_SECOND_DECIMALS = 6;

    private Values() {}

    static @Nullable Object of(@Nullable Object value, Type type, @Nullable Origin origin) {
        if (value == null) {
            return null;
        }
        if (origin != null) {
            MySqlType stored = origin.column().type();
            if (stored.zerofill() && value instanceof Long number) {
                return String.format(Locale.ROOT, "%0" + ColumnTypes.integerWidth(stored) + "d", number);
            }
            if (stored.base().equals("float") && !(value instanceof String)) {
                return single(((Number) value).doubleValue(), stored);
            }
            if (stored.base().equals("double") && stored.length() > 0) {
                return real(value, stored.scale());
            }
        }
        return switch (type.family()) {
            case INTEGER -> integer(value);
            case DECIMAL -> decimal(value, type.decimals());
            case DOUBLE -> real(value, type.decimals());
            case YEAR ->
                value instanceof Long year && origin != null ? String.format(Locale.ROOT, "%04d", year) : value;
            case BIT ->
                value instanceof Long bits && type.wire() == null ? bytes(bits, (int) type.length()) : text(value);
            case TEXT, JSON, DATE -> text(value);
            case TIME, DATETIME -> moment(value, type, origin);
            case BINARY ->
                value instanceof byte[] ? value : RawText.bytes(text(value).toString());
            case NULL, UNKNOWN -> value;
        };
    }

    private static Object integer(Object value) {
        return switch (value) {
            case Double real -> whole(real);
            case byte[] digits -> ExactNumber.read(digits);
            default -> value;
        };
    }

    private static Object whole(double value) {
        return value == Math.rint(value) && Math.abs(value) < 0x1p63
                ? Long.valueOf((long) value)
                : new BigDecimal(value).setScale(0, RoundingMode.HALF_UP);
    }

    static Object decimal(Object value, int decimals) {
        return ExactNumber.read(value).setScale(decimals, RoundingMode.HALF_UP);
    }

    private static Object real(Object value, int decimals) {
        double number = switch (value) {
            case Long whole -> whole.doubleValue();
            case Double real -> real;
            default -> ExactNumber.read(value).doubleValue();
        };
        return decimals < FREE_DECIMALS
                ? new BigDecimal(Double.toString(number)).setScale(decimals, RoundingMode.HALF_UP)
                : Double.valueOf(number == 0 ? 0 : number);
    }

    private static Object single(double value, MySqlType type) {
        BigDecimal exact = new BigDecimal(Double.toString(value));
        if (type.length() > 0) {
            return exact.setScale(type.scale(), RoundingMode.HALF_UP);
        }
        return exact.round(new MathContext(FLOAT_DIGITS, RoundingMode.HALF_EVEN))
                .doubleValue();
    }

    /** Computed moments show as many decimals as their type has; columns hold them so. */
    private static Object moment(Object value, Type type, @Nullable Origin origin) {
        if (!(value instanceof String text) || origin != null) {
            return text(value);
        }
        int point = text.indexOf('.');
        int digits = point < 0 ? 0 : text.length() - point - 1;
        if (type.decimals() > MOST_SECOND_DECIMALS) {
            return text;
        }
        int wanted = type.decimals();
        if (digits == wanted || text.isEmpty()) {
            return text;
        }
        String whole = point < 0 ? text : text.substring(0, point);
        String fraction = (point < 0 ? "" : text.substring(point + 1)) + "000000";
        return wanted == 0 ? whole : whole + '.' + fraction.substring(0, wanted);
    }

    private static Object text(Object value) {
        return switch (value) {
            case Double real -> Doubles.text(real);
            case Long whole -> Long.toString(whole);
            default -> value;
        };
    }

    private static byte[] bytes(long bits, int width) {
        byte[] all = BigInteger.valueOf(bits).toByteArray();
        byte[] bytes = new byte[(width + 7) / 8];
        int length = Math.min(bytes.length, all.length);
        System.arraycopy(all, all.length - length, bytes, bytes.length - length, length);
        return bytes;
    }
}
