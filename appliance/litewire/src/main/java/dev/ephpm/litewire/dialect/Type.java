package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * The MySQL type of an expression.
 *
 * @param length characters, digits or bytes as MySQL counts its display length (text: characters)
 * @param decimals digits after the point; of text and doubles {@link #NOT_FIXED}
 * @param collation by which text compares; {@link #DIGITS} of an integer literal; of no meaning to other families
 * @param wire the type clients see when the family and length do not tell
 */
record Type(
        Family family,
        long length,
        int decimals,
        boolean unsigned,
        boolean nullable,
        TextCollation collation,
        @Nullable ColumnType wire) {
    static final int NOT_FIXED = 39;
    static final int NOT_FIXED_REAL = 31;
    private static final int DOUBLE_DECIMALS = 31;
    private static final int MOST_DIGITS = 65;
    private static final int MOST_LONG_DIGITS = 18;
    private static final int LONGEST_UNSIGNED = 20;
    private static final int BYTES_PER_CHARACTER = 4;
    private static final long LONGEST = 4_294_967_295L;

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

    /** Marks integer literals. */
    static final TextCollation DIGITS = new TextCollation("", TextCollation.Strength.NUMERIC);

    /** Marks integer columns. */
    static final TextCollation STORED = new TextCollation("stored", TextCollation.Strength.NUMERIC);

    static final Type NULL = new Type(Family.NULL, 0, 0, false, true, TextCollation.CONNECTION);
    static final Type UNKNOWN = new Type(Family.UNKNOWN, 0, NOT_FIXED, false, true, TextCollation.CONNECTION);
    static final Type FLAG = integer(1);

    /** TRUE and FALSE as they are written. */
    static final Type WORD = integer(5).asDigits();

    Type(Family family, long length, int decimals, boolean unsigned, boolean nullable, TextCollation collation) {
        this(family, length, decimals, unsigned, nullable, collation, null);
    }

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
        return new Type(family, length, decimals, unsigned, value, collation, wire);
    }

    Type asUnsigned() {
        return new Type(family, length, decimals, true, nullable, collation, wire);
    }

    Type withLength(long value) {
        return new Type(family, value, decimals, unsigned, nullable, collation, wire);
    }

    Type withDecimals(int value) {
        return new Type(family, length, value, unsigned, nullable, collation, wire);
    }

    /** A BIT whose value is sent as its decimal digits, as MariaDB does where no column of a table holds it. */
    Type withDigits() {
        return family == Family.BIT ? withWire(ColumnType.BIT) : this;
    }

    Type withCollation(TextCollation value) {
        return new Type(family, length, decimals, unsigned, nullable, value, wire);
    }

    Type withWire(@Nullable ColumnType value) {
        return new Type(family, length, decimals, unsigned, nullable, collation, value);
    }

    boolean isText() {
        return family == Family.TEXT || family == Family.JSON;
    }

    /** Text that compares byte by byte. */
    boolean binaryText() {
        return collation.isBinary();
    }

    /** An integer literal, whose length leaves no place for a sign. */
    boolean isDigits() {
        return family == Family.INTEGER && collation.equals(DIGITS);
    }

    Type asDigits() {
        return withCollation(DIGITS);
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

    /** All digits exact arithmetic reckons with. */
    int precision() {
        return switch (family) {
            case DECIMAL -> (int) length;
            case INTEGER -> wholePrecision();
            case DATE -> 8;
            case TIME -> 7 + decimals;
            case DATETIME -> 14 + decimals;
            case DOUBLE -> 17;
            default -> (int) Math.min(length, MOST_DIGITS);
        };
    }

    /** A column's display width does not limit what is in it. */
    private int wholePrecision() {
        return switch (wire) {
            case TINY -> 3;
            case SHORT -> 5;
            case INT24 -> unsigned ? 8 : 7;
            case null, default -> (int) Math.max(1, unsigned || isDigits() ? length : length - 1);
        };
    }

    /** Whether some of its values are kept as digits, see {@link ExactNumber}. */
    boolean isWide() {
        return switch (family) {
            case DECIMAL, TIME, DATETIME -> precision() > ExactNumber.MOST_REAL_DIGITS;
            case INTEGER -> unsigned && !isDigits() && precision() > MOST_LONG_DIGITS;
            case BIT -> length >= Long.SIZE;
            default -> false;
        };
    }

    /** Digits before the point. */
    int integerDigits() {
        return precision() - (family == Family.DOUBLE ? 0 : scale());
    }

    /** Digits after the point that exact arithmetic keeps. */
    int scale() {
        return family == Family.DECIMAL || family == Family.TIME || family == Family.DATETIME ? decimals : 0;
    }

    /** The length that clients are told. */
    long displayLength() {
        return family == Family.DECIMAL ? length + (decimals > 0 ? 1 : 0) + (unsigned ? 0 : 1) : length;
    }

    /** Characters the value has as text: a display width does not limit a column's values. */
    long characters() {
        if (family != Family.INTEGER || !collation.equals(STORED)) {
            return displayLength();
        }
        int sign = unsigned ? 0 : 1;
        return switch (wire) {
            case TINY -> Math.max(length, 3 + sign);
            case SHORT -> Math.max(length, 5 + sign);
            case INT24 -> Math.max(length, 8 + sign);
            case LONG -> Math.max(length, 10 + sign);
            case null, default -> Math.max(length, 20);
        };
    }

    /** Bytes the value has as text, as clients of four-byte characters count them. */
    long bytes() {
        return switch (family) {
            case TEXT, JSON, UNKNOWN -> Math.min(LONGEST, length * BYTES_PER_CHARACTER);
            default -> characters();
        };
    }

    /** Bytes written as a literal, which are a number among numbers. */
    boolean isBinaryLiteral() {
        return family == Family.BINARY && unsigned;
    }

    /** Text functions of it yield bytes. */
    boolean isBytes() {
        return family == Family.BINARY || family == Family.BIT;
    }

    /** The type that holds values of both, as CASE, IF and UNION need it. */
    static Type common(Type left, Type right) {
        Type widest = widest(left, right);
        return left.wire == right.wire && left.wire != null ? widest.withWire(left.wire) : widest;
    }

    private static Type widest(Type left, Type right) {
        boolean nullable = left.nullable || right.nullable;
        if (left.family == Family.NULL || left.family == Family.UNKNOWN) {
            return right.common().withNullable(nullable);
        }
        if (right.family == Family.NULL || right.family == Family.UNKNOWN) {
            return left.common().withNullable(nullable);
        }
        if (left.family == Family.YEAR && right.family == Family.YEAR) {
            return left.withNullable(nullable);
        }
        if (left.isNumber() && right.isNumber()) {
            return commonNumber(left, right).withNullable(nullable);
        }
        if (left.isTemporal() && right.isTemporal()) {
            Type widest = left.family == right.family ? left : datetime(Math.max(left.decimals, right.decimals));
            return widest.withNullable(nullable);
        }
        if (left.isBytes() || right.isBytes()) {
            return binary(Math.max(left.bytes(), right.bytes())).withNullable(nullable);
        }
        Type text = text(Math.max(left.characters(), right.characters()))
                .withNullable(nullable)
                .withCollation(textCollation(left, right));
        if (left.isNumber() == right.isNumber() || left.isTemporal() || right.isTemporal()) {
            return text;
        }
        return text.withWire(left.isNumber() ? right.wire : left.wire);
    }

    private static TextCollation textCollation(Type left, Type right) {
        if (!left.isText() || !right.isText()) {
            return left.isText() ? left.collation : right.isText() ? right.collation : TextCollation.CONNECTION;
        }
        return left.collation.with(right.collation);
    }

    /** As the only one with a type among others. */
    private Type common() {
        if (isDigits()) {
            return integer((int) length + 1);
        }
        if (family == Family.INTEGER && unsigned && length == LONGEST_UNSIGNED && !collation.equals(STORED)) {
            return decimal(LONGEST_UNSIGNED, 0);
        }
        return family == Family.BINARY ? binary(length) : this;
    }

    private static Type commonNumber(Type left, Type right) {
        if (left.family == Family.BIT && right.family == Family.BIT) {
            return left.withLength(Math.max(left.length, right.length)).withDigits();
        }
        if (left.isSingleBeside(right) || right.isSingleBeside(left)) {
            return real().withLength(Math.max(left.characters(), right.characters()))
                    .withWire(ColumnType.FLOAT);
        }
        if (left.family == Family.DOUBLE || right.family == Family.DOUBLE) {
            return real().withLength(Math.max(left.characters(), right.characters()));
        }
        boolean sameSign = left.isUnsignedNumber() == right.isUnsignedNumber();
        boolean whole = left.family != Family.DECIMAL && right.family != Family.DECIMAL;
        if (!whole || !sameSign) {
            int decimals = Math.max(left.scale(), right.scale());
            Type exact = decimal(Math.max(left.integerDigits(), right.integerDigits()) + decimals, decimals);
            return left.unsigned && right.unsigned ? exact.asUnsigned() : exact;
        }
        int digits = Math.max(left.precision(), right.precision());
        ColumnType wire = left.wire == right.wire && left.family == right.family ? left.wire : null;
        return left.unsigned
                ? integer(digits).asUnsigned().withWire(wire)
                : integer(digits + 1).withWire(wire);
    }

    /** A FLOAT stays one beside small numbers. */
    private boolean isSingleBeside(Type other) {
        return wire == ColumnType.FLOAT
                && (other.wire == ColumnType.FLOAT
                        || other.family == Family.YEAR
                        || other.wire == ColumnType.TINY
                        || other.wire == ColumnType.SHORT
                        || other.wire == ColumnType.INT24);
    }

    private boolean isUnsignedNumber() {
        return unsigned;
    }
}
