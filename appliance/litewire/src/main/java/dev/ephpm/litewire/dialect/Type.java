package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * The MySQL type of an expression.
 *
 * @param length characters, digits or bytes as MySQL counts its display length (text: characters)
 * @param decimals digits after the point; of text and doubles {@link #NOT_FIXED}
 * @param collation by which text compares; of no meaning to other families
 * @param stored how a column is sent whose kind is not told by family and length, as long as this is its value
 */
record Type(
        Family family,
        long length,
        int decimals,
        boolean unsigned,
        boolean nullable,
        TextCollation collation,
        @Nullable ColumnType stored) {
    static final int NOT_FIXED = 39;
    private static final int DOUBLE_DECIMALS = 31;
    private static final int MOST_DIGITS = 65;

    /** Kinds of values that behave alike. */
    enum Family {
        NULL,
        /** A bound parameter: not known before the statement runs. */
        UNKNOWN,
        INTEGER,
        DECIMAL,
        DOUBLE,
        YEAR,
        BIT,
        DATE,
        TIME,
        DATETIME,
        JSON,
        TEXT,
        BINARY
    }

    Type(Family family, long length, int decimals, boolean unsigned, boolean nullable, TextCollation collation) {
        this(family, length, decimals, unsigned, nullable, collation, null);
    }

    static final Type NULL = new Type(Family.NULL, 0, 0, false, true, TextCollation.CONNECTION);
    static final Type UNKNOWN = new Type(Family.UNKNOWN, 0, NOT_FIXED, false, true, TextCollation.CONNECTION);
    static final Type FLAG = integer(1);

    static Type integer(int length) {
        return new Type(Family.INTEGER, length, 0, false, true, TextCollation.CONNECTION);
    }

    static Type decimal(int digits, int decimals) {
        return new Type(Family.DECIMAL, Math.min(digits, MOST_DIGITS), decimals, false, true, TextCollation.CONNECTION);
    }

    static Type real() {
        return new Type(Family.DOUBLE, 23, DOUBLE_DECIMALS, false, true, TextCollation.CONNECTION);
    }

    static Type text(long characters) {
        return new Type(Family.TEXT, characters, NOT_FIXED, false, true, TextCollation.CONNECTION);
    }

    static Type binary(long bytes) {
        return new Type(Family.BINARY, bytes, NOT_FIXED, false, true, TextCollation.BYTES);
    }

    static Type date() {
        return new Type(Family.DATE, 10, 0, false, true, TextCollation.CONNECTION);
    }

    static Type time(int decimals) {
        return new Type(
                Family.TIME, 10 + (decimals > 0 ? decimals + 1 : 0), decimals, false, true, TextCollation.CONNECTION);
    }

    static Type datetime(int decimals) {
        return new Type(
                Family.DATETIME,
                19 + (decimals > 0 ? decimals + 1 : 0),
                decimals,
                false,
                true,
                TextCollation.CONNECTION);
    }

    Type notNull() {
        return withNullable(false);
    }

    Type withNullable(boolean value) {
        return new Type(family, length, decimals, unsigned, value, collation, stored);
    }

    Type asUnsigned() {
        return new Type(family, length, decimals, true, nullable, collation, stored);
    }

    Type withLength(long value) {
        return new Type(family, value, decimals, unsigned, nullable, collation);
    }

    Type withStored(@Nullable ColumnType value) {
        return new Type(family, length, decimals, unsigned, nullable, collation, value);
    }

    Type withDecimals(int value) {
        return new Type(family, length, value, unsigned, nullable, collation, stored);
    }

    Type withCollation(TextCollation value) {
        return new Type(family, length, decimals, unsigned, nullable, value, stored);
    }

    /** Text that compares byte by byte. */
    boolean binaryText() {
        return collation.isBinary();
    }

    boolean isText() {
        return family == Family.TEXT || family == Family.JSON;
    }

    /** GROUP_CONCAT, which says that its text has no decimals. */
    boolean isJoined() {
        return family == Family.TEXT && decimals == 0;
    }

    boolean isTemporal() {
        return family == Family.DATE || family == Family.TIME || family == Family.DATETIME;
    }

    boolean isNumber() {
        return switch (family) {
            case INTEGER, DECIMAL, DOUBLE, YEAR, BIT -> true;
            case NULL, UNKNOWN, DATE, TIME, DATETIME, JSON, TEXT, BINARY -> false;
        };
    }

    /** Whether comparing it with text means comparing numbers. */
    boolean isExactInteger() {
        return family == Family.INTEGER || family == Family.YEAR || family == Family.BIT;
    }

    /** Digits before the point. */
    int integerDigits() {
        return switch (family) {
            case DECIMAL -> (int) length - decimals;
            case DOUBLE -> 17;
            default -> (int) Math.min(length, MOST_DIGITS);
        };
    }

    /** Digits after the point that exact arithmetic keeps. */
    int scale() {
        return family == Family.DECIMAL ? decimals : 0;
    }

    /** Characters the value has as text. */
    long characters() {
        return switch (family) {
            case DECIMAL -> length + (decimals > 0 ? 2 : 1);
            case DOUBLE -> 23;
            default -> length;
        };
    }

    /** The type that holds values of both, as CASE, IF and UNION need it. */
    static Type common(Type left, Type right) {
        Type widest = widest(left, right);
        return left.stored == right.stored ? widest.withStored(left.stored) : widest;
    }

    private static Type widest(Type left, Type right) {
        boolean nullable = left.nullable || right.nullable;
        if (left.family == Family.NULL || left.family == Family.UNKNOWN) {
            return right.withNullable(nullable);
        }
        if (right.family == Family.NULL || right.family == Family.UNKNOWN) {
            return left.withNullable(nullable);
        }
        if (left.isNumber() && right.isNumber()) {
            return commonNumber(left, right).withNullable(nullable);
        }
        if (left.isTemporal() && right.isTemporal()) {
            Type widest = left.family == right.family ? left : datetime(Math.max(left.decimals, right.decimals));
            return widest.withNullable(nullable);
        }
        if (left.family == Family.BINARY || right.family == Family.BINARY) {
            return binary(Math.max(left.characters(), right.characters())).withNullable(nullable);
        }
        return text(Math.max(left.characters(), right.characters()))
                .withNullable(nullable)
                .withCollation(left.collation.with(right.collation));
    }

    private static Type commonNumber(Type left, Type right) {
        if (left.family == Family.DOUBLE || right.family == Family.DOUBLE) {
            return real();
        }
        if (left.family == Family.DECIMAL || right.family == Family.DECIMAL) {
            int decimals = Math.max(left.scale(), right.scale());
            return decimal(Math.max(left.integerDigits(), right.integerDigits()) + decimals, decimals);
        }
        Type longest = left.length >= right.length ? left : right;
        Type whole = integer((int) longest.length);
        return left.unsigned && right.unsigned ? whole.asUnsigned() : whole;
    }
}
