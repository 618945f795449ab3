package dev.ephpm.litewire.catalogue;

import java.util.List;
import java.util.stream.Collectors;

/** Expressions as MariaDB prints them in SHOW CREATE TABLE. */
final class ExpressionText {
    private ExpressionText() {}

    static String of(Expression expression) {
        return switch (expression) {
            case Expression.Numeral n -> n.text();
            case Expression.Text t -> Quoting.string(t.value());
            case Expression.Null ignored -> "NULL";
            case Expression.ColumnName c -> Quoting.name(c.name());
            case Expression.Call call -> call.function() + "(" + list(call.arguments()) + ")";
            case Expression.Unary u when u.operator().equals("not") -> "!(" + of(u.operand()) + ")";
            case Expression.Unary u -> u.operator() + within(u.operand(), UNARY);
            case Expression.Binary b -> binary(b);
            case Expression.In in -> {
                yield within(in.value(), COMPARISON) + (in.negated() ? " not in (" : " in (") + list(in.members())
                        + ")";
            }
            case Expression.Between b -> {
                yield within(b.value(), COMPARISON) + (b.negated() ? " not between " : " between ") + of(b.low())
                        + " and " + of(b.high());
            }
            case Expression.Is is -> within(is.value(), COMPARISON) + (is.negated() ? " is not " : " is ") + is.state();
            // MariaDB 10.11 really prints two spaces before "not like".
            case Expression.Like like ->
                within(like.value(), COMPARISON) + (like.negated() ? "  not " : " ") + like.operator() + " "
                        + within(like.pattern(), COMPARISON);
            case Expression.Case c -> caseText(c);
            case Expression.Cast cast -> "cast(" + of(cast.value()) + " as " + cast.type() + ")";
            case Expression.Interval i -> "interval " + of(i.amount()) + " " + i.unit();
        };
    }

    private static final int COMPARISON = 4;
    private static final int UNARY = 9;

    private static String binary(Expression.Binary b) {
        int level = precedence(b);
        return within(b.left(), level) + " " + b.operator() + " " + within(b.right(), level + 1);
    }

    private static String within(Expression expression, int level) {
        String text = of(expression);
        return precedence(expression) < level ? "(" + text + ")" : text;
    }

    private static int precedence(Expression expression) {
        return switch (expression) {
            case Expression.Binary b ->
                switch (b.operator()) {
                    case "or" -> 1;
                    case "xor" -> 2;
                    case "and" -> 3;
                    case "=", "<=>", "<>", "<", "<=", ">", ">=" -> COMPARISON;
                    case "|", "&", "<<", ">>" -> 6;
                    case "+", "-" -> 7;
                    default -> 8;
                };
            case Expression.In ignored -> COMPARISON;
            case Expression.Between ignored -> COMPARISON;
            case Expression.Is ignored -> COMPARISON;
            case Expression.Like ignored -> COMPARISON;
            case Expression.Unary ignored -> UNARY;
            default -> 10;
        };
    }

    private static String list(List<Expression> expressions) {
        return expressions.stream().map(ExpressionText::of).collect(Collectors.joining(","));
    }

    private static String caseText(Expression.Case c) {
        StringBuilder text = new StringBuilder("case ");
        if (c.subject() != null) {
            text.append(of(c.subject())).append(' ');
        }
        for (Expression.When when : c.branches()) {
            text.append("when ")
                    .append(of(when.condition()))
                    .append(" then ")
                    .append(of(when.result()))
                    .append(' ');
        }
        if (c.otherwise() != null) {
            text.append("else ").append(of(c.otherwise())).append(' ');
        }
        return text.append("end").toString();
    }
}
