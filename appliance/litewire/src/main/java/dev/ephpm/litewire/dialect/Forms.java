package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.ColumnType;

/** The forms in which operators and functions want their operands. */
final class Forms {
    /** Sums of two such numbers have 64 bits at most. */
    private static final int MOST_CERTAIN_DIGITS = 17;

    private static final int MOST_LONG_DIGITS = 18;

    private final Compilation compilation;
    private boolean quiet;
    private boolean plain;

    Forms(Compilation compilation) {
        this.compilation = compilation;
    }

    /** A time as a moment: so long after this day began. */
    String today(String time) {
        String day = compilation.parameter(new Binding.OfSession(SessionValue.TODAY, ""));
        return "mysql_timestamp(" + day + ", " + time + ")";
    }

    /** As functions of dates read it: numbers stay numbers, a time is one of today. */
    String moment(Fragment value) {
        return value.type().family() == Type.Family.TIME && !value.isSlot() ? today(value.sql()) : readable(value);
    }

    /** The same for functions that want a day of the calendar: a moment that has none is NULL, without a warning. */
    String calendar(Fragment value) {
        boolean known = value.type().isTemporal() && !value.isSlot();
        return known ? "mysql_calendar(" + moment(value) + ")" : moment(value);
    }

    /** As functions of times read it: numbers stay numbers, a date is its midnight. */
    String clock(Fragment value) {
        boolean date = value.type().family() == Type.Family.DATE && !value.isSlot();
        return date ? "(" + value.sql() + " || ' 00:00:00')" : readable(value);
    }

    private String readable(Fragment value) {
        if (value.isSlot()) {
            boolean bytes = value.type().family() == Type.Family.BINARY;
            return compilation.slot(value.slot(), bytes ? Conversion.TEXT : Conversion.RAW);
        }
        return switch (value.type().family()) {
            case YEAR -> "(" + value.sql() + " * 10000)";
            case BIT -> "iif(" + value.sql() + " IS NULL, NULL, char(" + value.sql() + "))";
            case INTEGER, DECIMAL, DOUBLE -> value.isEnumerated() ? text(value) : number(value);
            default -> text(value);
        };
    }

    /** Whether conversions leave no warnings; answers whether they did before. */
    boolean quiet(boolean value) {
        boolean before = quiet;
        quiet = value;
        return before;
    }

    boolean warnsOfDivisionByZero() {
        return !quiet && compilation.context().mode().errorForDivisionByZero();
    }

    /** As text in the way MySQL prints the value. */
    String text(Fragment value) {
        if (value.isSlot()) {
            return compilation.slot(value.slot(), Conversion.TEXT);
        }
        return switch (value.type().family()) {
            case DOUBLE -> "mysql_text(" + value.sql() + ")";
            case DECIMAL -> decimalText(value);
            case BINARY -> "CAST(" + value.sql() + " AS TEXT)";
            case INTEGER -> wholeText(value);
            case YEAR -> "substr('000' || " + value.sql() + ", -4)";
            case BIT -> "CAST(" + bits(value) + " AS TEXT)";
            case NULL, UNKNOWN, DATE, TIME, DATETIME, JSON, TEXT -> value.sql();
        };
    }

    /** ZEROFILL columns show their zeros wherever they are text. */
    private static String wholeText(Fragment value) {
        String sql = value.sql();
        if (isWide(value)) {
            return "iif(typeof(" + sql + ") = 'blob', ltrim(" + sql + ", '0'), CAST(" + sql + " AS TEXT))";
        }
        if (value.origin() == null || !value.origin().column().type().zerofill()) {
            return "CAST(" + sql + " AS TEXT)";
        }
        int width = ColumnTypes.integerWidth(value.origin().column().type());
        return "substr('" + "0".repeat(width) + "' || " + sql + ", -max(" + width + ", length(" + sql + ")))";
    }

    /** The bytes of a BIT value, most significant first. */
    private static String bits(Fragment value) {
        long digits = (value.type().length() + 7) / 8 * 2;
        return "iif(" + value.sql() + " IS NULL, NULL, unhex(printf('%0" + digits + "X', " + value.sql() + ")))";
    }

    /** SQLite would print NULL as zero. */
    private static String decimalText(Fragment value) {
        int decimals = value.type().decimals();
        if (isWide(value)) {
            return "mysql_decimal_text(" + value.sql() + ", " + decimals + ")";
        }
        if (decimals == 0) {
            return "CAST(" + value.sql() + " AS TEXT)";
        }
        String printed = "printf('%." + decimals + "f', " + value.sql() + ")";
        if (!value.type().nullable()) {
            return printed;
        }
        return value.origin() == null
                ? "mysql_decimal_text(" + value.sql() + ", " + decimals + ")"
                : "iif(" + value.sql() + " IS NULL, NULL, " + printed + ")";
    }

    /** As a number. */
    String number(Fragment value) {
        if (value.isSlot()) {
            return compilation.slot(value.slot(), Conversion.NUMBER);
        }
        if (value.origin() != null && !value.origin().column().type().values().isEmpty()) {
            return Enumerations.number(value.sql(), value.origin().column().type());
        }
        return switch (value.type().family()) {
            case DATE, TIME, DATETIME -> "mysql_moment_number(" + value.sql() + ")";
            case TEXT, JSON, BINARY -> quiet ? "CAST(" + value.sql() + " AS REAL)" : textNumber(value);
            case UNKNOWN -> "CAST(" + value.sql() + " AS REAL)";
            case DOUBLE -> isSingle(value) ? "mysql_single(" + value.sql() + ")" : value.sql();
            case BIT -> value.type().isWide() ? "mysql_unsigned(" + value.sql() + ")" : value.sql();
            case NULL, INTEGER, DECIMAL, YEAR -> value.sql();
        };
    }

    /** As the real nearest to it. */
    String real(Fragment value) {
        String number = number(value);
        return isWide(value) ? "CAST(" + number + " AS REAL)" : number;
    }

    /** Whether the number may be one that SQLite cannot hold, see {@link ExactNumber}. */
    static boolean isWide(Fragment value) {
        return value.type().isWide() && !value.isEnumerated();
    }

    /** Whether whole numbers reckoned from it may leave 64 bits. */
    static boolean isLarge(Fragment value) {
        Type type = value.type();
        return isWide(value)
                || (value.isSlot() && type.family() == Type.Family.INTEGER)
                || (type.family() == Type.Family.INTEGER && type.precision() > MOST_CERTAIN_DIGITS);
    }

    /** As 64 bits. */
    String bits64(Fragment value) {
        if (value.isSlot()) {
            return compilation.slot(value.slot(), Conversion.BITS);
        }
        if (value.type().isExactInteger() && !isWide(value)) {
            return value.sql();
        }
        return switch (value.type().family()) {
            case DECIMAL, DOUBLE ->
                overflows(value) ? "mysql_cast_bits(" + number(value) + ")" : "mysql_bits(" + number(value) + ")";
            case INTEGER, BIT, TIME, DATETIME -> "mysql_bits(" + number(value) + ")";
            case TEXT, JSON, BINARY -> quiet ? integer(value) : bitsOfText(value);
            default -> integer(value);
        };
    }

    private String bitsOfText(Fragment value) {
        return value.isEnumerated() ? number(value) : "mysql_bits(mysql_number(" + value.sql() + ", 'INTEGER'))";
    }

    /** Whether a number may be none of 64 bits, which leaves a warning. */
    private boolean overflows(Fragment value) {
        Type type = value.type();
        return !quiet && (type.family() == Type.Family.DOUBLE || type.integerDigits() > MOST_LONG_DIGITS);
    }

    /** Views are of SQL that every SQLite knows. */
    void plain(boolean value) {
        plain = value;
    }

    boolean isPlain() {
        return plain;
    }

    /** FLOAT columns keep short decimals; computed with is the number of 24 bits they stand for. */
    private static boolean isSingle(Fragment value) {
        return value.origin() != null && value.type().wire() == ColumnType.FLOAT;
    }

    /** Text of digits only is left to SQLite; other text may leave a warning. */
    private static String textNumber(Fragment value) {
        String sql = value.sql();
        String converted = "mysql_number(" + sql + ")";
        return value.origin() == null || value.type().family() == Type.Family.BINARY
                ? converted
                : "iif(" + sql + " GLOB '*[^0-9]*' OR " + sql + " = '', " + converted + ", CAST(" + sql + " AS REAL))";
    }

    /** As a whole number, rounded. */
    String integer(Fragment value) {
        if (value.isSlot()) {
            return compilation.slot(value.slot(), Conversion.INTEGER);
        }
        if (value.isEnumerated()) {
            return number(value);
        }
        return switch (value.type().family()) {
            case INTEGER, YEAR, BIT, NULL -> value.sql();
            case DECIMAL, DOUBLE -> "CAST(round(" + number(value) + ") AS INTEGER)";
            case DATE, TIME, DATETIME -> "CAST(round(mysql_moment_number(" + value.sql() + ")) AS INTEGER)";
            case TEXT, JSON, BINARY ->
                quiet ? "CAST(" + value.sql() + " AS INTEGER)" : "mysql_integer(" + value.sql() + ")";
            case UNKNOWN -> "CAST(" + value.sql() + " AS INTEGER)";
        };
    }

    /** As bytes. */
    String bytes(Fragment value) {
        if (value.isSlot()) {
            return compilation.slot(value.slot(), Conversion.BYTES);
        }
        return switch (value.type().family()) {
            case BINARY -> value.sql();
            case BIT -> bits(value);
            default -> "CAST(" + text(value) + " AS BLOB)";
        };
    }

    /** As text of one character for every byte, for functions that count characters. */
    String singleBytes(Fragment value) {
        return "mysql_text_of_bytes(" + bytes(value) + ")";
    }

    /** As a condition: text counts as the number it begins with. */
    String condition(Fragment value) {
        if (value.isSlot()) {
            return compilation.slot(value.slot(), Conversion.NUMBER);
        }
        boolean converts = value.type().isText()
                || value.type().isTemporal()
                || value.type().family() == Type.Family.BINARY;
        return converts ? number(value) : value.sql();
    }

    /** A number of rows. */
    String rows(Fragment value) {
        return value.isSlot() ? compilation.slot(value.slot(), Conversion.LIMIT) : value.sql();
    }
}
