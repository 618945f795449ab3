package dev.ephpm.litewire.dialect;

/** CAST and CONVERT. */
final class Casts {
    private static final int DEFAULT_DECIMAL_DIGITS = 10;

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
                Fragment.of(whole(value), Type.integer(21).withNullable(nullable));
            case "UNSIGNED" ->
                Fragment.of(whole(value), Type.integer(20).asUnsigned().withNullable(nullable));
            case "DECIMAL", "DEC", "NUMERIC" -> decimal(value, cast).withNullable(nullable);
            case "CHAR", "CHARACTER", "VARCHAR", "NCHAR" -> text(value, cast.length());
            case "BINARY", "VARBINARY" -> binary(value, cast.length());
            case "DATE" -> Fragment.of("mysql_date(" + forms.text(value) + ")", Type.date());
            case "DATETIME", "TIMESTAMP" -> {
                int decimals = Math.max(cast.length(), 0);
                yield Fragment.of(
                        "mysql_datetime(" + forms.text(value) + ", " + decimals + ")", Type.datetime(decimals));
            }
            case "TIME" -> {
                int decimals = Math.max(cast.length(), 0);
                yield Fragment.of("mysql_time(" + forms.text(value) + ", " + decimals + ")", Type.time(decimals));
            }
            case "DOUBLE", "FLOAT", "REAL" ->
                Fragment.of(
                        "CAST(" + forms.number(value) + " AS REAL)", Type.real().withNullable(nullable));
            case "YEAR" -> Fragment.of("CAST(" + forms.integer(value) + " AS INTEGER)", Type.integer(4));
            case "JSON" ->
                Fragment.of(
                        "json(" + forms.text(value) + ")",
                        new Type(Type.Family.JSON, 16_777_216, 39, false, true, TextCollation.BINARY_TEXT));
            default -> throw new UnreadableShape(cast);
        };
    }

    /** Text is cut at the point, numbers are rounded. */
    private String whole(Fragment value) {
        boolean text = value.type().isText() || value.type().family() == Type.Family.BINARY;
        return text ? "CAST(" + forms.text(value) + " AS INTEGER)" : forms.integer(value);
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
        String text = forms.text(value);
        boolean nullable = value.type().nullable();
        if (length < 0) {
            return Fragment.of(
                    "CAST(" + text + " AS TEXT)",
                    Type.text(value.type().characters()).withDecimals(0).withNullable(nullable));
        }
        return Fragment.of(
                "substr(" + text + ", 1, " + length + ")",
                Type.text(length).withDecimals(0).withNullable(nullable));
    }

    private Fragment binary(Fragment value, int length) {
        String bytes = forms.bytes(value);
        boolean nullable = value.type().nullable();
        if (length < 0) {
            return Fragment.of(
                    bytes,
                    Type.binary(value.type().characters()).withDecimals(0).withNullable(nullable));
        }
        return Fragment.of(
                "substr(" + bytes + " || zeroblob(" + length + "), 1, " + length + ")",
                Type.binary(length).withDecimals(0).withNullable(nullable));
    }

    Fragment convert(Fragment value, String charset) {
        if (charset.equalsIgnoreCase("binary")) {
            return binary(value, -1);
        }
        if (!Charsets.isKnown(charset)) {
            throw dev.ephpm.litewire.SqlErrorCode.UNKNOWN_CHARACTER_SET.with(charset);
        }
        return Fragment.of(
                forms.text(value),
                Type.text(value.type().characters()).withNullable(value.type().nullable()));
    }
}
