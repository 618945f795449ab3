package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.ColumnType;
import java.util.List;
import java.util.OptionalInt;

/** Types of arithmetic: what a value is as a number, and what functions of numbers yield. */
final class NumberTypes {
    private static final int REAL_DIGITS = 17;
    private static final int NOT_FIXED = 31;
    private static final int REAL_LENGTH = 23;
    private static final int MOST_SMALL_DIGITS = 9;
    private static final int ENUMERATION_LENGTH = 6;
    private static final int MOST_DIGITS = 65;
    private static final int MOST_SECOND_DECIMALS = 6;

    /** Digits of 2⁶³-1. */
    private static final int LONGEST_DIGITS = 19;

    private static final int MOST_WHOLE_DIGITS = 18;

    private NumberTypes() {}

    /** The type a value has in arithmetic. */
    static Type of(Fragment value) {
        if (value.isEnumerated()) {
            return Type.integer(ENUMERATION_LENGTH);
        }
        Type type = value.type();
        return switch (type.family()) {
            case INTEGER, DECIMAL, DOUBLE -> type;
            case YEAR -> Type.integer(4).asUnsigned();
            case BIT -> Type.integer((int) type.length()).asUnsigned();
            case DATE -> moment(9);
            case TIME -> type.decimals() > 0 ? Type.decimal(type.precision(), type.decimals()) : moment(8);
            case DATETIME -> type.decimals() > 0 ? Type.decimal(type.precision(), type.decimals()) : moment(15);
            case NULL -> real(0);
            case BINARY -> type.isBinaryLiteral() ? real(0) : real(NOT_FIXED);
            case UNKNOWN, JSON, TEXT -> real(NOT_FIXED);
        };
    }

    /** Whole numbers that moments are have a sign, and so have results. */
    private static Type moment(int length) {
        return Type.integer(length).withWire(ColumnType.DATE);
    }

    private static boolean isMoment(Type type) {
        return type.family() == Type.Family.INTEGER && type.wire() == ColumnType.DATE;
    }

    /** A sum, difference or product of whole numbers. */
    private static Type wholeResult(Type left, Type right, int digits) {
        if (isMoment(left) || isMoment(right)) {
            return whole(digits + 1, false);
        }
        boolean unsigned = left.unsigned() || right.unsigned();
        return whole(digits + (unsigned ? 0 : 1), unsigned);
    }

    /** A computed double with so many decimals. */
    static Type real(int decimals) {
        return decimals >= NOT_FIXED
                ? Type.real()
                : Type.real().withLength(REAL_DIGITS + (long) decimals).withDecimals(decimals);
    }

    static boolean isTimestamp(Type type) {
        return type.family() == Type.Family.DATETIME && type.wire() == ColumnType.TIMESTAMP;
    }

    /** Whether a remainder, and a quotient of whole numbers, has no sign: bytes and timestamps have none. */
    static boolean isUnsigned(Fragment value) {
        return of(value).unsigned()
                || value.type().isBinaryLiteral()
                || (isTimestamp(value.type()) && value.type().decimals() == 0);
    }

    /** A computed integer. */
    static Type whole(int length, boolean unsigned) {
        Type type = Type.integer(length).withWire(length <= MOST_SMALL_DIGITS ? ColumnType.LONG : ColumnType.LONGLONG);
        return unsigned ? type.asUnsigned() : type;
    }

    static Type absolute(List<Fragment> arguments) {
        Fragment value = arguments.getFirst();
        Type type = value.type();
        if (isTimestamp(type)) {
            return Type.decimal((int) type.length(), type.decimals()).asUnsigned();
        }
        if (type.isTemporal()) {
            return Type.decimal((int) type.length() - (type.decimals() > 0 ? 2 : 1), type.decimals());
        }
        if (type.collation().equals(Type.STORED)) {
            return whole((int) type.length(), type.unsigned());
        }
        if (type.isBinaryLiteral()) {
            return real(0).asUnsigned();
        }
        if (value.isEnumerated()) {
            return Type.integer(20);
        }
        return type.family() == Type.Family.DOUBLE ? real(type.decimals()) : of(value);
    }

    /** FLOOR and CEIL. */
    static Type whole(List<Fragment> arguments) {
        Fragment value = arguments.getFirst();
        Type type = value.type();
        return switch (type.family()) {
            case DECIMAL -> {
                int digits = type.integerDigits() + (type.decimals() > 0 ? 2 : 1);
                yield digits > MOST_WHOLE_DIGITS + 2
                        ? Type.decimal(digits - 1, 0)
                        : whole(digits, false).withWire(null);
            }
            case INTEGER, DATE, TIME, DATETIME, YEAR, BIT -> unchanged(type, 0);
            default -> value.isEnumerated() ? unchanged(type, 0) : real(0);
        };
    }

    /** Of whole numbers and moments no digit before the point is touched. */
    private static Type unchanged(Type type, int decimals) {
        return switch (type.family()) {
            case DATE -> Type.integer(8).asUnsigned();
            case TIME -> Type.time(Math.min(decimals, type.decimals()));
            case DATETIME ->
                Type.datetime(Math.min(decimals, isTimestamp(type) ? MOST_SECOND_DECIMALS : type.decimals()));
            case YEAR -> Type.integer(4).asUnsigned();
            case BIT -> Type.integer(3).asUnsigned();
            case INTEGER -> type;
            default -> Type.integer(5).asUnsigned();
        };
    }

    static Type rounded(List<Fragment> arguments) {
        return rounded(arguments.getFirst(), 0, true);
    }

    static Type roundedTo(List<Fragment> arguments) {
        return arguments.get(1).type().family() == Type.Family.NULL
                ? real(NOT_FIXED)
                : rounded(arguments.getFirst(), decimals(arguments), true);
    }

    static Type truncated(List<Fragment> arguments) {
        return rounded(arguments.getFirst(), decimals(arguments), false);
    }

    /** The number of decimals is part of the shape, see {@link Normaliser}. */
    private static int decimals(List<Fragment> arguments) {
        OptionalInt wanted = arguments.get(1).number();
        return wanted.orElse(0);
    }

    private static Type rounded(Fragment value, int decimals, boolean carries) {
        Type type = value.type();
        return switch (type.family()) {
            case DECIMAL -> {
                int kept = Math.clamp(decimals, 0, type.decimals());
                int carry = carries && decimals < type.decimals() ? 1 : 0;
                Type exact = Type.decimal(type.integerDigits() + carry + kept, kept);
                yield type.unsigned() ? exact.asUnsigned() : exact;
            }
            case INTEGER, DATE, TIME, DATETIME, YEAR, BIT -> roundedWhole(type, decimals, carries);
            default -> {
                Type real = real(Math.max(0, decimals));
                yield value.isEnumerated() ? unchanged(type, 0) : type.isBinaryLiteral() ? real.asUnsigned() : real;
            }
        };
    }

    private static Type roundedWhole(Type type, int decimals, boolean carries) {
        Type same = unchanged(type, Math.max(0, decimals));
        if (!carries || decimals >= 0 || same.isTemporal() || type.family() == Type.Family.BIT) {
            return same;
        }
        int digits = same.precision() + 1;
        if (same.length() >= (same.isDigits() ? LONGEST_DIGITS : LONGEST_DIGITS + 1)) {
            Type wide = Type.decimal(same.isDigits() ? LONGEST_DIGITS : digits, 0);
            return same.unsigned() ? wide.asUnsigned() : wide;
        }
        Type more = Type.integer((int) same.length() + 1);
        return same.unsigned() ? more.asUnsigned() : more;
    }

    static Type sum(Type left, Type right) {
        if (left.family() == Type.Family.DOUBLE || right.family() == Type.Family.DOUBLE) {
            return real(Math.max(fixed(left), fixed(right)));
        }
        boolean whole = left.family() == Type.Family.INTEGER && right.family() == Type.Family.INTEGER;
        int decimals = Math.max(left.scale(), right.scale());
        int digits = Math.max(left.integerDigits(), right.integerDigits()) + 1;
        if (whole) {
            return wholeResult(left, right, digits);
        }
        return Type.decimal(Math.min(MOST_DIGITS, digits + decimals), decimals);
    }

    static Type product(Type left, Type right, int mostDecimals) {
        if (left.family() == Type.Family.DOUBLE || right.family() == Type.Family.DOUBLE) {
            int decimals = Math.min(NOT_FIXED, fixed(left) + fixed(right));
            return real(decimals);
        }
        if (left.family() == Type.Family.INTEGER && right.family() == Type.Family.INTEGER) {
            return wholeResult(left, right, left.precision() + right.precision());
        }
        int decimals = Math.min(mostDecimals, left.scale() + right.scale());
        return Type.decimal(Math.min(MOST_DIGITS, left.precision() + right.precision()), decimals);
    }

    /** Decimals of a number among doubles. */
    static int fixed(Type type) {
        return type.family() == Type.Family.INTEGER ? 0 : type.decimals();
    }

    static int realLength() {
        return REAL_LENGTH;
    }
}
