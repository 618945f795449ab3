package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.ColumnType;

/** CAST and CONVERT. */
final class Casts {
    private static final int DEFAULT_DECIMAL_DIGITS = 10;
    private static final int LONGEST_INT = 10;

    private final Translation translation;
    private final Forms forms;

    Casts(Translation translation) {
        this.translation = translation;
        this.forms = translation.forms();
    }

    Fragment cast(Expression.Cast cast, Scope scope) {
        Fragment value = translation.expressions().translate(cast.value(), scope);
        boolean nullable = value.type().nullable();
        String first = cast.type().split(" ")[0];
        return switch (first) {
            case "SIGNED", "INT", "INTEGER", "BIGINT" ->
                Fragment.of(bits(value), signed(value.type()).withNullable(nullable));
            case "UNSIGNED" ->
                Fragment.of(unsignedBits(value), unsigned(value.type()).withNullable(nullable));
            case "DECIMAL", "DEC", "NUMERIC" -> decimal(value, cast).withNullable(nullable);
            case "CHAR", "CHARACTER", "VARCHAR", "NCHAR" -> text(value, cast.length());
            case "BINARY", "VARBINARY" -> binary(value, cast.length());
            case "DATE" -> Fragment.of("mysql_read_date(" + forms.moment(value) + ")", Type.date());
            case "DATETIME", "TIMESTAMP" -> {
                int decimals = Math.max(cast.length(), 0);
                yield Fragment.of(
                        "mysql_read_datetime(" + forms.moment(value) + ", " + decimals + ")", Type.datetime(decimals));
            }
            case "TIME" -> {
                int decimals = Math.max(cast.length(), 0);
                yield Fragment.of("mysql_read_time(" + forms.clock(value) + ", " + decimals + ")", Type.time(decimals));
            }
            case "DOUBLE", "FLOAT", "REAL" ->
                Fragment.of(
                        "CAST(" + forms.number(value) + " AS REAL)", Type.real().withLength(22));
            case "YEAR" -> Fragment.of("CAST(" + forms.integer(value) + " AS INTEGER)", Type.integer(4));
            case "JSON" ->
                Fragment.of(
                        "json(" + forms.text(value) + ")",
                        new Type(Type.Family.JSON, 16_777_216, 39, false, true, TextCollation.BINARY_TEXT));
            default -> throw new UnreadableShape(cast);
        };
    }

    private static Type signed(Type type) {
        int length = type.family() == Type.Family.DOUBLE ? 20 : Math.clamp(type.characters(), 2, 21);
        return NumberTypes.whole(length, false);
    }

    private static Type unsigned(Type type) {
        if (NumberTypes.isTimestamp(type)) {
            return NumberTypes.whole((int) type.length(), true);
        }
        boolean small = type.unsigned() || type.isDigits();
        int longest = small ? (int) Math.min(20, type.characters()) : 20;
        boolean empty = type.family() == Type.Family.NULL || (type.isText() && type.length() <= 1);
        Type cast = NumberTypes.whole(empty ? 1 : longest, true);
        return type.collation().equals(Type.STORED) && longest <= LONGEST_INT ? cast.withWire(ColumnType.LONG) : cast;
    }

    /** Text is cut at the point, numbers are rounded. */
    private String whole(Fragment value) {
        boolean text = value.type().isText() || value.type().family() == Type.Family.BINARY;
        return text && !value.isEnumerated() && !value.isSlot()
                ? "mysql_integer(" + value.sql() + ")"
                : value.isSlot() && text ? "mysql_integer(" + forms.text(value) + ")" : forms.integer(value);
    }

    private String bits(Fragment value) {
        boolean exact = value.type().family() == Type.Family.DECIMAL && Forms.isWide(value);
        if (exact || value.type().family() == Type.Family.DOUBLE) {
            return "mysql_cast_signed(" + forms.number(value) + ")";
        }
        return Forms.isWide(value) ? forms.bits64(value) : whole(value);
    }

    private String unsignedBits(Fragment value) {
        Type number = value.type().isText() || value.type().family() == Type.Family.BINARY
                ? value.type()
                : NumberTypes.of(value);
        String sql = forms.number(value);
        return switch (number.family()) {
            case INTEGER ->
                number.unsigned() ? sql : "iif(" + sql + " >= 0, " + sql + ", mysql_cast_unsigned(" + sql + "))";
            case DECIMAL, DOUBLE -> "mysql_cast_unsigned_decimal(" + sql + ")";
            default ->
                value.isEnumerated() || value.type().isBinaryLiteral()
                        ? "mysql_unsigned(" + bits(value) + ")"
                        : "mysql_cast_unsigned(CAST(" + forms.text(value) + " AS TEXT))";
        };
    }

    private record Decimal(String sql, Type type) {
        Fragment withNullable(boolean nullable) {
            return Fragment.of(sql, type.withNullable(nullable));
        }
    }

    private Decimal decimal(Fragment value, Expression.Cast cast) {
        int digits = cast.length() < 0 ? DEFAULT_DECIMAL_DIGITS : cast.length();
        int decimals = Math.max(cast.scale(), 0);
        return new Decimal(
                "mysql_decimal(" + forms.number(value) + ", " + digits + ", " + decimals + ")",
                Type.decimal(digits, decimals));
    }

    private Fragment text(Fragment value, int length) {
        boolean bytes = value.type().isBytes();
        String text = bytes ? forms.bytes(value) : forms.text(value);
        if (length < 0) {
            return Fragment.of(
                    bytes ? "mysql_cast_char(" + text + ", -1)" : "CAST(" + text + " AS TEXT)",
                    Type.text(value.type().characters()).withDecimals(0));
        }
        boolean fits = !bytes && !value.isSlot() && value.type().characters() <= length;
        return Fragment.of(
                fits ? "CAST(" + text + " AS TEXT)" : "mysql_cast_char(" + text + ", " + length + ")",
                Type.text(length).withDecimals(0));
    }

    Fragment binary(Fragment value, int length) {
        String bytes = forms.bytes(value);
        if (length < 0) {
            return Fragment.of(bytes, Type.binary(value.type().bytes()).withDecimals(0));
        }
        return Fragment.of(
                "mysql_cast_binary(" + (value.type().isBytes() ? bytes : forms.text(value)) + ", " + length + ")",
                Type.binary(length).withDecimals(0));
    }

    Fragment convert(Fragment value, String charset) {
        if (charset.equalsIgnoreCase("binary")) {
            return binary(value, -1);
        }
        if (!Charsets.isKnown(charset)) {
            throw dev.ephpm.litewire.SqlErrorCode.UNKNOWN_CHARACTER_SET.with(charset);
        }
        Type type = Type.text(value.type().characters());
        boolean bytes = value.type().isBytes();
        if (bytes || (value.type().isText() && !charset.equalsIgnoreCase("utf8mb4"))) {
            String text = bytes ? forms.bytes(value) : forms.text(value);
            return Fragment.of("mysql_convert(" + text + ", " + Sql.text(charset) + ")", type);
        }
        return Fragment.of(forms.text(value), type);
    }
}
