package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.SqlMode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** DEFAULT values converted to the column's type, as SHOW CREATE TABLE prints them. Throws 1067 for values that do not fit. */
final class DefaultText {
    private final String column;
    private final MySqlType type;
    private final SqlMode mode;

    private DefaultText(String column, MySqlType type, SqlMode mode) {
        this.column = column;
        this.type = type;
        this.mode = mode;
    }

    static String of(String column, MySqlType type, ColumnDraft.DefaultClause clause, SqlMode mode) {
        DefaultText text = new DefaultText(column, type, mode);
        return switch (clause) {
            case ColumnDraft.DefaultClause.Null ignored -> "NULL";
            case ColumnDraft.DefaultClause.Now now -> text.now(now.digits());
            case ColumnDraft.DefaultClause.Value value -> text.literal(value.token(), value.negative());
            case ColumnDraft.DefaultClause.Computed computed -> computed(computed.expression());
        };
    }

    private static String computed(Expression expression) {
        String text = ExpressionText.of(expression);
        return expression instanceof Expression.Call || expression instanceof Expression.Cast ? text : "(" + text + ")";
    }

    private String now(int digits) {
        if (!type.base().equals("datetime") && !type.base().equals("timestamp")) {
            throw invalid();
        }
        // MariaDB gives the default the column's precision; less is an error only when given explicitly.
        if (digits > type.scale()) {
            throw invalid();
        }
        return ColumnParser.nowText(type.scale());
    }

    private String literal(Token token, boolean negative) {
        String written = token.text();
        return switch (token.kind()) {
            case BITS -> bits(new BigInteger(written.isEmpty() ? "0" : written, 2));
            case HEX ->
                type.isText() || type.isBinary()
                        ? value(Hexadecimal.text(written))
                        : value(new BigInteger(written.isEmpty() ? "0" : written, 16).toString());
            default -> value(negative ? "-" + written : written);
        };
    }

    private String bits(BigInteger value) {
        return type.base().equals("bit") ? "b'" + value.toString(2) + "'" : value(value.toString());
    }

    private String value(String written) {
        return switch (type.base()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" -> integer(written);
            case "year" -> year(written);
            case "bit" -> bits(number(written).toBigInteger());
            case "decimal" -> decimal(written, type.scale());
            case "float", "double" -> floating(written);
            case "date", "time", "datetime", "timestamp" -> temporal(written);
            case "enum" -> Quoting.string(member(written));
            case "set" -> Quoting.string(members(written));
            default -> text(written);
        };
    }

    private BigDecimal number(String written) {
        try {
            return new BigDecimal(written.strip());
        } catch (NumberFormatException e) {
            throw invalid();
        }
    }

    private String integer(String written) {
        BigInteger value = number(written).setScale(0, RoundingMode.HALF_UP).toBigInteger();
        int bits = switch (type.base()) {
            case "tinyint" -> 8;
            case "smallint" -> 16;
            case "mediumint" -> 24;
            case "int" -> 32;
            default -> 64;
        };
        boolean fits = type.unsigned() ? value.signum() >= 0 && value.bitLength() <= bits : value.bitLength() < bits;
        if (!fits) {
            throw invalid();
        }
        return value.toString();
    }

    private String year(String written) {
        int value = number(written).intValue();
        if (value > 0 && value < 100) {
            value += value < 70 ? 2000 : 1900;
        }
        if (value != 0 && (value < 1901 || value > 2155)) {
            throw invalid();
        }
        return String.format(Locale.ROOT, "%04d", value);
    }

    private String decimal(String written, int scale) {
        BigDecimal value = number(written).setScale(scale, RoundingMode.HALF_UP);
        if (value.precision() - value.scale() > type.length() - scale || (type.unsigned() && value.signum() < 0)) {
            throw invalid();
        }
        return value.toPlainString();
    }

    private String floating(String written) {
        BigDecimal value = number(written);
        if (type.length() > 0) {
            return decimal(written, type.scale());
        }
        String digits = type.base().equals("float")
                ? value.round(new MathContext(6, RoundingMode.HALF_EVEN)).toPlainString()
                : new BigDecimal(Double.toString(value.doubleValue())).toPlainString();
        BigDecimal shown = new BigDecimal(digits).stripTrailingZeros();
        String plain = shown.signum() == 0 ? "0" : shown.toPlainString();
        if (plain.length() <= 17) {
            return plain;
        }
        String mantissa = shown.unscaledValue().toString();
        int exponent = shown.precision() - shown.scale() - 1;
        String fraction = mantissa.length() > 1 ? "." + mantissa.substring(1) : "";
        return mantissa.charAt(0) + fraction + "e" + exponent;
    }

    private String temporal(String written) {
        Optional<String> value = TemporalText.of(type.base(), type.scale(), written);
        if (value.isEmpty()) {
            throw invalid();
        }
        boolean date = !type.base().equals("time");
        if (date && mode.strict() && mode.noZeroDate() && value.get().startsWith("0000-00-00")) {
            throw invalid();
        }
        return Quoting.string(value.get());
    }

    private String member(String written) {
        return type.values().stream()
                .filter(written.stripTrailing()::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(this::invalid);
    }

    /** The members in the order of the definition, each once. */
    private String members(String written) {
        if (written.isEmpty()) {
            return "";
        }
        List<String> given =
                Arrays.stream(written.split(",", -1)).map(this::member).toList();
        return type.values().stream().filter(given::contains).collect(Collectors.joining(","));
    }

    private String text(String written) {
        int length = written.codePointCount(0, written.length());
        boolean limited = type.length() >= 0
                && !type.base().endsWith("text")
                && !type.base().endsWith("blob");
        if (limited && length > type.length()) {
            throw invalid();
        }
        return Quoting.string(written);
    }

    private SqlError invalid() {
        return SqlErrorCode.INVALID_DEFAULT.with(column);
    }
}
