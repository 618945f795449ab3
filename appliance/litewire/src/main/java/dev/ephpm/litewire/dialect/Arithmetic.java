package dev.ephpm.litewire.dialect;

/** Arithmetic and bit operators. Decimals are rounded to their scale after each step, which makes doubles exact enough. */
final class Arithmetic {
    /** MariaDB's div_precision_increment. */
    private static final int DIVISION_DECIMALS = 4;

    private static final int MOST_DECIMALS = 30;

    private final Forms forms;

    Arithmetic(Forms forms) {
        this.forms = forms;
    }

    Fragment binary(String operator, Fragment left, Fragment right) {
        boolean nullable = left.type().nullable() || right.type().nullable();
        Fragment result = switch (operator) {
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
        boolean mayDivideByZero = operator.equals("/") || operator.equals("%") || operator.equals("DIV");
        return result.withType(result.type().withNullable(nullable || mayDivideByZero));
    }

    private Fragment wholeQuotient(Fragment left, Fragment right) {
        Type type = Type.integer((int) Math.min(20, Math.max(1, left.type().length())));
        if (left.type().isExactInteger() && right.type().isExactInteger()) {
            return Fragment.of("(" + forms.number(left) + " / " + forms.number(right) + ")", type);
        }
        return Fragment.of("CAST(" + real(left) + " / " + forms.number(right) + " AS INTEGER)", type);
    }

    private static Fragment bits(String sql) {
        return Fragment.of(sql, Type.integer(21).asUnsigned());
    }

    private String real(Fragment value) {
        return "CAST(" + forms.number(value) + " AS REAL)";
    }

    /** The type a value has in arithmetic. */
    private static Type numeric(Type type) {
        return switch (type.family()) {
            case INTEGER, DECIMAL, DOUBLE -> type;
            case YEAR -> Type.integer(4);
            case BIT -> Type.integer((int) type.length());
            case DATE -> Type.integer(9);
            case TIME, DATETIME ->
                type.decimals() > 0 ? Type.decimal(14 + type.decimals(), type.decimals()) : Type.integer(15);
            case NULL, UNKNOWN, JSON, TEXT, BINARY -> Type.real();
        };
    }

    private Fragment addOrMultiply(String operator, Fragment left, Fragment right) {
        Type type = resultType(operator, numeric(left.type()), numeric(right.type()));
        String sql = "(" + forms.number(left) + " " + operator + " " + forms.number(right) + ")";
        boolean exact = type.family() == Type.Family.DECIMAL && type.decimals() > 0;
        return Fragment.of(exact ? "round(" + sql + ", " + type.decimals() + ")" : sql, type);
    }

    private static Type resultType(String operator, Type left, Type right) {
        if (left.family() == Type.Family.DOUBLE || right.family() == Type.Family.DOUBLE) {
            return Type.real();
        }
        boolean multiplies = operator.equals("*");
        if (left.family() == Type.Family.INTEGER && right.family() == Type.Family.INTEGER) {
            long length = multiplies
                    ? left.length() + right.length()
                    : Math.max(left.length(), right.length()) + (left.length() == 1 && right.length() == 1 ? 2 : 1);
            Type whole = Type.integer((int) Math.min(length, 21));
            return left.unsigned() || right.unsigned() ? whole.asUnsigned() : whole;
        }
        int decimals = multiplies
                ? Math.min(MOST_DECIMALS, left.scale() + right.scale())
                : Math.max(left.scale(), right.scale());
        int whole = multiplies
                ? left.integerDigits() + right.integerDigits()
                : Math.max(left.integerDigits(), right.integerDigits()) + 1;
        return Type.decimal(whole + decimals, decimals);
    }

    private Fragment divide(Fragment left, Fragment right) {
        Type dividend = numeric(left.type());
        Type divisor = numeric(right.type());
        String sql = "(" + real(left) + " / " + forms.number(right) + ")";
        if (dividend.family() == Type.Family.DOUBLE || divisor.family() == Type.Family.DOUBLE) {
            return Fragment.of(sql, Type.real());
        }
        int decimals = Math.min(MOST_DECIMALS, dividend.scale() + DIVISION_DECIMALS);
        return Fragment.of(sql, Type.decimal(dividend.integerDigits() + divisor.scale() + decimals, decimals));
    }

    Fragment remainder(Fragment left, Fragment right) {
        Type dividend = numeric(left.type());
        Type divisor = numeric(right.type());
        if (dividend.family() == Type.Family.INTEGER && divisor.family() == Type.Family.INTEGER) {
            Type type = Type.integer((int) Math.max(dividend.length(), divisor.length()) + 1);
            return Fragment.of("(" + forms.number(left) + " % " + forms.number(right) + ")", type);
        }
        return Fragment.of(
                "mod(" + forms.number(left) + ", " + forms.number(right) + ")", Type.common(dividend, divisor));
    }

    Fragment negate(Fragment value) {
        Type type = numeric(value.type());
        Type negated = type.family() == Type.Family.INTEGER ? type.withLength(type.length() + 1) : type;
        Type signed = new Type(
                negated.family(),
                negated.length(),
                negated.decimals(),
                false,
                value.type().nullable(),
                TextCollation.CONNECTION);
        return Fragment.of("(-" + forms.number(value) + ")", signed);
    }
}
