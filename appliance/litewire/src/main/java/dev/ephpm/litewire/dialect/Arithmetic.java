package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;

/** Arithmetic and bit operators. Decimals are rounded to their scale after each step, which makes doubles exact enough. */
final class Arithmetic {
    /** MariaDB's div_precision_increment. */
    private static final int DIVISION_DECIMALS = 4;

    private static final int MOST_DECIMALS = 30;
    private static final int LONGEST_NEGATED_TEXT = 53;

    private final Forms forms;

    Arithmetic(Forms forms) {
        this.forms = forms;
    }

    Fragment binary(String operator, Fragment left, Fragment right) {
        boolean nullable = left.type().nullable() || right.type().nullable();
        if (left.type().family() == Type.Family.NULL) {
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
            case "&", "|", "<<", ">>" ->
                bits("(" + forms.integer(left) + " " + operator + " " + forms.integer(right) + ")");
            case "^" ->
                bits("((" + forms.integer(left) + " | " + forms.integer(right) + ") - (" + forms.integer(left) + " & "
                        + forms.integer(right) + "))");
            default -> throw new UnreadableShape(operator);
        };
    }

    private Fragment wholeQuotient(Fragment left, Fragment right) {
        Type type = quotientType(left, right);
        if (left.type().isExactInteger() && right.type().isExactInteger()) {
            return Fragment.of("(" + forms.number(left) + " / " + divisor(left, right) + ")", type);
        }
        return Fragment.of("CAST(" + real(left) + " / " + divisor(left, right) + " AS INTEGER)", type);
    }

    private static Type quotientType(Fragment left, Fragment right) {
        Type dividend = left.type().isText() || (left.type().family() == Type.Family.BINARY && !left.isEnumerated())
                ? left.type()
                : NumberTypes.of(left);
        long digits = dividend.isNumber() && dividend.family() != Type.Family.DOUBLE
                ? dividend.integerDigits()
                : left.type().characters();
        boolean unsigned = dividend.unsigned() || NumberTypes.of(right).unsigned();
        return NumberTypes.whole(Math.clamp(digits, 1, 21), unsigned);
    }

    private static Fragment bits(String sql) {
        return Fragment.of(sql, Type.integer(21).asUnsigned());
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

    private String real(Fragment value) {
        return "CAST(" + forms.number(value) + " AS REAL)";
    }

    private Fragment addOrMultiply(String operator, Fragment left, Fragment right) {
        Type first = NumberTypes.of(left);
        Type second = NumberTypes.of(right);
        Type type = operator.equals("*")
                ? NumberTypes.product(first, second, MOST_DECIMALS)
                : NumberTypes.sum(first, second);
        String sql = "(" + forms.number(left) + " " + operator + " " + forms.number(right) + ")";
        boolean exact = type.family() == Type.Family.DECIMAL && type.decimals() > 0;
        return Fragment.of(exact ? "round(" + sql + ", " + type.decimals() + ")" : sql, type);
    }

    private Fragment divide(Fragment left, Fragment right) {
        Type dividend = NumberTypes.of(left);
        Type divisor = NumberTypes.of(right);
        String sql = "(" + real(left) + " / " + divisor(left, right) + ")";
        if (dividend.family() == Type.Family.DOUBLE || divisor.family() == Type.Family.DOUBLE) {
            return Fragment.of(sql, realQuotient(left.type(), dividend, divisor));
        }
        int decimals = Math.min(MOST_DECIMALS, dividend.scale() + DIVISION_DECIMALS);
        return Fragment.of(sql, Type.decimal(dividend.integerDigits() + divisor.scale() + decimals, decimals));
    }

    private static Type realQuotient(Type left, Type dividend, Type divisor) {
        int decimals = Math.max(NumberTypes.fixed(dividend), NumberTypes.fixed(divisor)) + DIVISION_DECIMALS;
        Type real = NumberTypes.real(decimals);
        return decimals >= Type.NOT_FIXED_REAL
                ? real
                : real.withLength(left.characters() - NumberTypes.fixed(dividend) + decimals);
    }

    Fragment remainder(Fragment left, Fragment right) {
        Type dividend = NumberTypes.of(left);
        Type divisor = NumberTypes.of(right);
        String numbers = "(" + forms.number(left) + ", " + divisor(left, right) + ")";
        if (dividend.family() == Type.Family.DOUBLE || divisor.family() == Type.Family.DOUBLE) {
            return Fragment.of(
                    "mod" + numbers,
                    NumberTypes.real(Math.max(NumberTypes.fixed(dividend), NumberTypes.fixed(divisor))));
        }
        int digits = Math.max(dividend.precision(), divisor.precision());
        if (dividend.family() == Type.Family.INTEGER && divisor.family() == Type.Family.INTEGER) {
            Type type = NumberTypes.whole(digits + (dividend.unsigned() ? 0 : 1), dividend.unsigned());
            return Fragment.of("(" + forms.number(left) + " % " + divisor(left, right) + ")", type);
        }
        int decimals = Math.max(dividend.scale(), divisor.scale());
        return Fragment.of("round(mod" + numbers + ", " + decimals + ")", Type.decimal(digits, decimals));
    }

    Fragment negate(Fragment value) {
        Literal literal = value.literal() instanceof Literal.Whole whole ? new Literal.Whole(-whole.value64()) : null;
        return new Fragment(
                "(-" + forms.number(value) + ")",
                negated(value).withNullable(value.type().nullable()),
                null,
                -1,
                literal);
    }

    private static Type negated(Fragment value) {
        Type type = value.type();
        if (type.isTemporal()) {
            return Type.decimal((int) type.length() - (type.decimals() > 0 ? 1 : 0), type.decimals());
        }
        if (value.isEnumerated()) {
            return Type.integer(21);
        }
        return switch (type.family()) {
            case INTEGER, YEAR, BIT ->
                type.length() >= 20 && type.unsigned() ? Type.decimal(20, 0) : Type.integer((int) type.length() + 1);
            case DECIMAL -> Type.decimal((int) type.length() + (value.isSlot() ? 0 : 1), type.decimals());
            case NULL -> NumberTypes.real(0).withLength(1);
            case DOUBLE -> type.withLength(Math.min(NumberTypes.realLength(), type.length() + 1));
            default -> {
                int decimals = type.isBinaryLiteral() ? 0 : Type.NOT_FIXED_REAL;
                yield Type.real()
                        .withLength(Math.min(LONGEST_NEGATED_TEXT, type.bytes() + 1))
                        .withDecimals(decimals);
            }
        };
    }
}
