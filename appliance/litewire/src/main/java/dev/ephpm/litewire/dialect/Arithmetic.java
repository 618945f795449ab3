package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.ColumnType;
import dev.ephpm.litewire.Literal;

/** Arithmetic and bit operators. Decimals are rounded to their scale after each step, which makes doubles exact enough. */
final class Arithmetic {
    /** MariaDB's div_precision_increment. */
    private static final int DIVISION_DECIMALS = 4;

    private static final int MOST_DECIMALS = 30;
    private static final int LONGEST_INT = 10;
    private static final int MOST_CERTAIN_DIGITS = 18;
    private static final int LONGEST_NEGATED_TEXT = 53;

    private final Forms forms;

    Arithmetic(Forms forms) {
        this.forms = forms;
    }

    Fragment binary(String operator, Fragment left, Fragment right) {
        boolean nullable = left.type().nullable() || right.type().nullable();
        boolean whole = operator.equals("DIV") || operator.equals("|") || operator.equals("&");
        if (left.type().family() == Type.Family.NULL && (whole || !right.isSlot())) {
            // The other side is not even looked at.
            return Fragment.of("NULL", computed(operator, left, right).type().withNullable(true));
        }
        Fragment result = computed(operator, left, right);
        boolean mayDivideByZero = operator.equals("/") || operator.equals("%") || operator.equals("DIV");
        return result.withType(result.type().withNullable(nullable || mayDivideByZero));
    }

    private Fragment computed(String operator, Fragment left, Fragment right) {
        return switch (operator) {
            case "+", "-", "*" -> addOrMultiply(operator, left, right);
            case "/" -> divide(left, right);
            case "DIV" -> wholeQuotient(left, right);
            case "%" -> remainder(left, right);
            case "&", "|", "^", "<<", ">>" -> bits(operator, left, right);
            default -> throw new UnreadableShape(operator);
        };
    }

    private Fragment wholeQuotient(Fragment left, Fragment right) {
        Type type = quotientType(left, right);
        boolean certain = left.type().isExactInteger() && right.type().isExactInteger() && isSmall(left, right);
        if ((certain && !type.unsigned()) || forms.isPlain()) {
            return Fragment.of("(" + forms.number(left) + " / " + divisor(left, right) + ")", type);
        }
        return exact("mysql_quotient", left, divisor(left, right), wholeKind(type), type);
    }

    private static Type quotientType(Fragment left, Fragment right) {
        Type dividend = left.type().isText() || (left.type().family() == Type.Family.BINARY && !left.isEnumerated())
                ? left.type()
                : NumberTypes.of(left);
        long digits = dividend.isNumber() && dividend.family() != Type.Family.DOUBLE
                ? dividend.integerDigits()
                : left.type().characters();
        boolean unsigned = dividend.unsigned() || NumberTypes.isUnsigned(left) || NumberTypes.isUnsigned(right);
        return NumberTypes.whole(Math.clamp(digits, 1, 21), unsigned);
    }

    private Fragment bits(String operator, Fragment left, Fragment right) {
        String first = forms.bits64(left);
        String second = forms.bits64(right);
        String sql = switch (operator) {
            case "<<" -> "mysql_shift_left(" + first + ", " + second + ")";
            case ">>" -> "mysql_shift_right(" + first + ", " + second + ")";
            case "^" -> "mysql_unsigned((" + first + " | " + second + ") - (" + first + " & " + second + "))";
            default -> "mysql_unsigned(" + first + " " + operator + " " + second + ")";
        };
        return Fragment.of(forms.isPlain() ? "(" + first + " " + operator + " " + second + ")" : sql, bitsType());
    }

    Fragment complement(Fragment value) {
        String sql = "(~" + forms.bits64(value) + ")";
        return Fragment.of(
                forms.isPlain() ? sql : "mysql_unsigned" + sql,
                bitsType().withNullable(value.type().nullable()));
    }

    private static Type bitsType() {
        return Type.integer(21).asUnsigned();
    }

    /** A plain number is looked at by SQLite, so that only zero costs a call. */
    private String divisor(Fragment left, Fragment value) {
        String number = forms.number(value);
        if (!forms.warnsOfDivisionByZero()) {
            return number;
        }
        // Nothing divided by zero is nothing, and no reason to warn.
        String warning = "mysql_divisor(" + number + (left.type().nullable() ? ", " + left.sql() : "") + ")";
        boolean plain = value.isSlot() || (value.origin() != null && number.equals(value.sql()));
        return plain ? "iif(" + number + " <> 0, " + number + ", " + warning + ")" : warning;
    }

    /** Whether SQLite's own arithmetic has room for all results. */
    private static boolean isSmall(Fragment left, Fragment right) {
        return !Forms.isLarge(left) && !Forms.isLarge(right);
    }

    private static int wholeKind(Type type) {
        return type.unsigned() ? ExactBodies.UNSIGNED : ExactBodies.SIGNED;
    }

    private Fragment exact(String function, Fragment left, String right, int kind, Type type) {
        return Fragment.of(function + "(" + forms.number(left) + ", " + right + ", " + kind + ")", type);
    }

    private Fragment addOrMultiply(String operator, Fragment left, Fragment right) {
        Type first = NumberTypes.of(left);
        Type second = NumberTypes.of(right);
        Type type = operator.equals("*")
                ? NumberTypes.product(first, second, MOST_DECIMALS)
                : NumberTypes.sum(first, second);
        if (type.family() == Type.Family.DOUBLE) {
            return Fragment.of("(" + forms.real(left) + " " + operator + " " + forms.real(right) + ")", type);
        }
        boolean decimal = type.family() == Type.Family.DECIMAL;
        boolean certain = isSmall(left, right)
                && (decimal ? !type.isWide() : !type.unsigned() && type.precision() <= MOST_CERTAIN_DIGITS);
        if (certain || forms.isPlain()) {
            String sql = "(" + forms.number(left) + " " + operator + " " + forms.number(right) + ")";
            return Fragment.of(
                    decimal && type.decimals() > 0 ? "round(" + sql + ", " + type.decimals() + ")" : sql, type);
        }
        String function = operator.equals("+") ? "mysql_plus" : operator.equals("-") ? "mysql_minus" : "mysql_times";
        return exact(function, left, forms.number(right), decimal ? type.decimals() : wholeKind(type), type);
    }

    private Fragment divide(Fragment left, Fragment right) {
        Type dividend = NumberTypes.of(left);
        Type divisor = NumberTypes.of(right);
        if (dividend.family() == Type.Family.DOUBLE || divisor.family() == Type.Family.DOUBLE) {
            String sql = "(" + real(left) + " / " + realDivisor(left, right) + ")";
            return Fragment.of(sql, realQuotient(left.type(), dividend, divisor));
        }
        int decimals = Math.min(MOST_DECIMALS, dividend.scale() + DIVISION_DECIMALS);
        Type signed = Type.decimal(dividend.integerDigits() + divisor.scale() + decimals, decimals);
        Type type = dividend.unsigned() && divisor.unsigned() ? signed.asUnsigned() : signed;
        if ((isSmall(left, right) && !type.isWide()) || forms.isPlain()) {
            return Fragment.of("(" + real(left) + " / " + divisor(left, right) + ")", type);
        }
        return exact("mysql_divide", left, divisor(left, right), decimals, type);
    }

    private String real(Fragment value) {
        return "CAST(" + forms.number(value) + " AS REAL)";
    }

    private String realDivisor(Fragment left, Fragment right) {
        String divisor = divisor(left, right);
        return Forms.isWide(right) ? "CAST(" + divisor + " AS REAL)" : divisor;
    }

    private static Type realQuotient(Type left, Type dividend, Type divisor) {
        int decimals = Math.max(NumberTypes.fixed(dividend), NumberTypes.fixed(divisor)) + DIVISION_DECIMALS;
        Type real = NumberTypes.real(decimals);
        return decimals >= Type.NOT_FIXED_REAL
                ? real
                : real.withLength(Math.min(real.length(), left.characters() - NumberTypes.fixed(dividend) + decimals));
    }

    Fragment remainder(Fragment left, Fragment right) {
        Type dividend = NumberTypes.of(left);
        Type divisor = NumberTypes.of(right);
        if (dividend.family() == Type.Family.DOUBLE || divisor.family() == Type.Family.DOUBLE) {
            Type real = NumberTypes.real(Math.max(NumberTypes.fixed(dividend), NumberTypes.fixed(divisor)));
            return Fragment.of(
                    "mod(" + forms.real(left) + ", " + realDivisor(left, right) + ")",
                    NumberTypes.isUnsigned(left) ? real.asUnsigned() : real);
        }
        int digits = Math.max(dividend.precision(), divisor.precision());
        int decimals = Math.max(dividend.scale(), divisor.scale());
        boolean whole = dividend.family() == Type.Family.INTEGER && divisor.family() == Type.Family.INTEGER;
        boolean unsigned = NumberTypes.isUnsigned(left);
        Type type = whole
                ? NumberTypes.whole(digits + (unsigned || NumberTypes.isTimestamp(left.type()) ? 0 : 1), unsigned)
                : unsigned ? Type.decimal(digits, decimals).asUnsigned() : Type.decimal(digits, decimals);
        String numbers = "(" + forms.number(left) + ", " + divisor(left, right) + ")";
        if (Forms.isWide(left) || Forms.isWide(right) || (!whole && type.isWide())) {
            return Fragment.of("mysql_remainder" + numbers, type);
        }
        return Fragment.of(
                whole
                        ? "(" + forms.number(left) + " % " + divisor(left, right) + ")"
                        : "round(mod" + numbers + ", " + decimals + ")",
                type);
    }

    Fragment negate(Fragment value) {
        Literal literal = switch (value.literal()) {
            case Literal.Whole whole -> new Literal.Whole(-whole.value64());
            case Literal.Decimal decimal -> new Literal.Decimal(decimal.exact().negate());
            case null, default -> null;
        };
        Type type = negated(value).withNullable(value.type().nullable());
        boolean exact = Forms.isWide(value)
                || (value.type().family() == Type.Family.INTEGER && Forms.isLarge(value) && !value.isSlot());
        String sql = exact && !forms.isPlain()
                ? "mysql_minus(0, " + forms.number(value) + ", "
                        + (value.origin() != null && value.type().family() == Type.Family.INTEGER
                                ? ExactBodies.SIGNED
                                : type.decimals())
                        + ")"
                : "(-" + forms.number(value) + ")";
        return new Fragment(sql, type, null, -1, literal);
    }

    private static Type negatedWhole(Type type) {
        Type negated = Type.integer((int) type.length() + 1);
        return type.unsigned() && type.length() >= LONGEST_INT ? negated.withWire(ColumnType.LONGLONG) : negated;
    }

    private static Type negated(Fragment value) {
        Type type = value.type();
        if (type.isTemporal()) {
            return Type.decimal((int) type.length() - (type.decimals() > 0 ? 1 : 0), type.decimals());
        }
        if (value.isEnumerated()) {
            return Type.integer(21);
        }
        if (value.literal() instanceof Literal.Whole whole && whole.value64() <= 0) {
            return Type.integer(Long.toString(whole.value64()).replace("-", "").length());
        }
        return switch (type.family()) {
            case INTEGER, YEAR, BIT ->
                type.length() >= 20 && type.unsigned() ? Type.decimal(20, 0) : negatedWhole(type);
            case DECIMAL ->
                Type.decimal(
                        (int) type.length() + (value.isSlot() || value.literal() != null ? 0 : 1), type.decimals());
            case NULL -> NumberTypes.real(0).withLength(1);
            case DOUBLE -> type.withWire(null).withLength(Math.min(NumberTypes.realLength(), type.length() + 1));
            default -> {
                int decimals = type.isBinaryLiteral() ? 0 : Type.NOT_FIXED_REAL;
                yield Type.real()
                        .withLength(Math.min(LONGEST_NEGATED_TEXT, type.bytes() + 1))
                        .withDecimals(decimals);
            }
        };
    }
}
