package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.ColumnType;
import dev.ephpm.litewire.Literal;
import java.util.List;
import java.util.Locale;

/** Types of functions that yield dates and times: how many decimals of a second their arguments bring. */
final class MomentTypes {
    private static final int MOST_DECIMALS = 6;
    private static final int AS_MANY_AS_THERE_ARE = -1;
    private static final int SECONDS_DIGITS = 16;
    private static final int MOMENT_LENGTH = 19;
    private static final int LONGEST_FORMAT = 255;

    private MomentTypes() {}

    /** Decimals of a second that a value may bring. */
    static int decimals(Fragment value) {
        Type type = value.type();
        if (value.isEnumerated()) {
            return 0;
        }
        return switch (type.family()) {
            case TIME, DATETIME, DECIMAL -> Math.min(MOST_DECIMALS, type.decimals());
            case TEXT -> textDecimals(value);
            case DOUBLE, JSON -> MOST_DECIMALS;
            case BINARY -> type.isBinaryLiteral() ? 0 : MOST_DECIMALS;
            default -> 0;
        };
    }

    /** Text may bring any number, unless it is a literal that is a moment. */
    private static int textDecimals(Fragment value) {
        boolean known = value.literal() instanceof Literal.Text text
                && !MomentArguments.moment(text.text()).isNone();
        return known ? literalDecimals(value) : MOST_DECIMALS;
    }

    /** The same of what is read as a time. */
    static int clockDecimals(Fragment value) {
        boolean known = value.literal() instanceof Literal.Text text
                && !MomentArguments.clock(text.text()).isNone();
        return known ? literalDecimals(value) : decimals(value);
    }

    /** What SQL asks for: of a literal, which is not known yet, those it has. */
    static int written(Fragment value) {
        return value.isSlot() && !value.type().isNumber() ? AS_MANY_AS_THERE_ARE : decimals(value);
    }

    /** The same of what a time is added to: with those that come out when MariaDB leaves them open. */
    static int summedDecimals(Fragment value) {
        return isOpen(value) ? AS_MANY_AS_THERE_ARE : decimals(value);
    }

    /** The same; of a literal those it has. */
    static int literalDecimals(Fragment value) {
        if (value.type().family() != Type.Family.TEXT || !value.isSlot()) {
            return decimals(value);
        }
        return value.literal() instanceof Literal.Text text ? fraction(text.text()) : 0;
    }

    static int fraction(String text) {
        int point = text.lastIndexOf('.');
        int digits = 0;
        while (point >= 0
                && point + digits + 1 < text.length()
                && Characters.isDigit(text.charAt(point + digits + 1))) {
            digits++;
        }
        return Math.min(MOST_DECIMALS, digits);
    }

    /** Whether MariaDB leaves the number of decimals open. */
    private static boolean isOpen(Fragment value) {
        Type type = value.type();
        return !value.isEnumerated()
                && (type.isText()
                        || type.family() == Type.Family.DOUBLE
                        || (type.family() == Type.Family.BINARY && !type.isBinaryLiteral()));
    }

    static Type time(Fragment value) {
        return Type.time(clockDecimals(value));
    }

    /** SEC_TO_TIME: text is a number, even where it looks like a moment. */
    static Type ofSeconds(Fragment value) {
        return Type.time(isOpen(value) ? MOST_DECIMALS : decimals(value));
    }

    static Type datetime(Fragment value) {
        return Type.datetime(decimals(value));
    }

    static Type fromUnixTime(Fragment value) {
        return isOpen(value)
                ? Type.datetime(MOST_DECIMALS).withDecimals(Type.NOT_FIXED)
                : Type.datetime(decimals(value));
    }

    /** UNIX_TIMESTAMP and TIME_TO_SEC. */
    static Type seconds(int decimals) {
        return decimals == 0
                ? Type.integer(17).withWire(ColumnType.LONGLONG)
                : Type.decimal(SECONDS_DIGITS + decimals, decimals);
    }

    /** ADDTIME and SUBTIME. */
    static Type timeSum(Fragment value, Fragment added) {
        int decimals = Math.max(decimals(value), literalDecimals(added));
        return switch (value.type().family()) {
            case TIME -> Type.time(decimals);
            case DATE, DATETIME -> Type.datetime(decimals);
            default -> isOpen(value) ? text(MOST_DECIMALS).withDecimals(Type.NOT_FIXED) : text(decimals);
        };
    }

    /** A moment plus an interval: text stays text. */
    static Type sum(Fragment value, Fragment amount, String unit) {
        boolean timed = unit.contains("SECOND") || unit.contains("MINUTE") || unit.contains("HOUR");
        boolean dated = unit.contains("YEAR") || unit.contains("QUARTER") || unit.contains("MONTH");
        int decimals = Math.max(decimals(value), intervalDecimals(amount, unit));
        return switch (value.type().family()) {
            case DATE -> timed ? Type.datetime(decimals) : Type.date();
            case DATETIME -> Type.datetime(decimals);
            case TIME -> dated ? Type.datetime(decimals) : Type.time(decimals);
            default -> text(decimals);
        };
    }

    /** Digits of a second that an interval brings. */
    static int intervalDecimals(Fragment amount, String unit) {
        if (unit.contains("MICROSECOND")) {
            return MOST_DECIMALS;
        }
        boolean text = amount.type().isText() && !amount.isEnumerated();
        return !unit.equals("SECOND") ? 0 : text ? MOST_DECIMALS : decimals(amount);
    }

    private static Type text(int decimals) {
        return Type.text(MOMENT_LENGTH + (decimals > 0 ? decimals + 1L : 0L))
                .withDecimals(decimals)
                .withWire(ColumnType.STRING);
    }

    /** DATE_FORMAT: as long as its format can get. */
    static Type formatted(Fragment format) {
        if (format.literal() instanceof Literal.Text text) {
            return Type.text(formattedLength(text.text())).withDecimals(0);
        }
        long longest = Math.min(LONGEST_FORMAT, 10 * format.type().characters());
        return Type.text(format.isSlot() ? 10 : longest).withDecimals(0);
    }

    private static int formattedLength(String format) {
        int length = 0;
        for (int i = 0; i < format.length(); i++) {
            boolean specifies = format.charAt(i) == '%' && i + 1 < format.length();
            length += specifies ? width(format.charAt(++i)) : 1;
        }
        return length;
    }

    private static int width(char specifier) {
        return switch (specifier) {
            case 'M', 'W' -> 64;
            case 'a', 'b' -> 32;
            case 'D', 'Y', 'x', 'X' -> 4;
            case 'j' -> 3;
            case 'H', 'k' -> 7;
            case 'r' -> 11;
            case 'T' -> 8;
            case 'f' -> 6;
            case 'c', 'd', 'e', 'h', 'I', 'i', 'l', 'm', 'p', 'S', 's', 'U', 'u', 'V', 'v', 'y' -> 2;
            default -> 1;
        };
    }

    /** STR_TO_DATE: what the format asks for. */
    static Type parsed(Fragment format) {
        if (!(format.literal() instanceof Literal.Text text)) {
            return Type.datetime(format.isSlot() ? 0 : MOST_DECIMALS);
        }
        boolean timed = MomentParser.isTimed(text.text());
        boolean dated = MomentParser.isDated(text.text()) || !timed;
        int decimals = MomentParser.hasFraction(text.text()) ? MOST_DECIMALS : 0;
        if (!timed) {
            return Type.date();
        }
        return dated ? Type.datetime(decimals) : Type.time(decimals);
    }

    /** GREATEST and LEAST: a moment with the digits of a second that any of them may bring. */
    static Type extreme(List<Fragment> values) {
        Type moments = values.stream()
                .map(Fragment::type)
                .filter(Type::isTemporal)
                .reduce(Type::common)
                .orElse(Type.NULL);
        if (moments.family() == Type.Family.DATE) {
            return moments;
        }
        boolean time = moments.family() == Type.Family.TIME;
        int decimals = values.stream()
                .mapToInt(v -> time ? clockDecimals(v) : decimals(v))
                .max()
                .orElse(0);
        boolean open = values.stream().anyMatch(MomentTypes::isOpen);
        Type widest =
                time ? Type.time(open ? MOST_DECIMALS : decimals) : Type.datetime(open ? MOST_DECIMALS : decimals);
        return widest.withDecimals(decimals);
    }

    /** What an error calls the type of a value. */
    static String nameOf(Type type) {
        return switch (type.family()) {
            case INTEGER -> type.length() > 11 ? "bigint" : "int";
            case BINARY -> "varbinary";
            case TEXT, UNKNOWN -> "varchar";
            case NULL, DECIMAL, DOUBLE, YEAR, BIT, DATE, TIME, DATETIME, JSON ->
                type.family().name().toLowerCase(Locale.ROOT);
        };
    }

    static int most(List<Fragment> values) {
        return values.stream().mapToInt(MomentTypes::clockDecimals).max().orElse(0);
    }

    /** Digits of EXTRACT, with a place for the sign where a time may be negative. */
    static int partDigits(String unit, Type type) {
        boolean moment = type.isTemporal();
        return switch (unit) {
            case "YEAR" -> 4;
            case "QUARTER" -> 2;
            case "MONTH", "WEEK" -> 2;
            case "YEAR_MONTH" -> 6;
            case "DAY" -> moment ? 2 : 7;
            case "HOUR" -> 3;
            case "DAY_HOUR" -> moment ? 5 : 9;
            case "DAY_MINUTE" -> moment ? 7 : 11;
            case "DAY_SECOND" -> moment ? 9 : 14;
            case "HOUR_MINUTE" -> 5;
            case "HOUR_SECOND" -> 7;
            case "MINUTE", "SECOND" -> 3;
            case "MINUTE_SECOND" -> 5;
            case "MICROSECOND" -> 7;
            case "DAY_MICROSECOND" -> 20;
            case "HOUR_MICROSECOND" -> 13;
            case "MINUTE_MICROSECOND" -> 11;
            case "SECOND_MICROSECOND" -> 9;
            default -> 12;
        };
    }
}
