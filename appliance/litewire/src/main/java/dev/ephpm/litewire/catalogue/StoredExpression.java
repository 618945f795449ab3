package dev.ephpm.litewire.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Expressions for the stored schema, with SQLite's own operators and functions only, so that the file works with any SQLite
 * tool.
 */
final class StoredExpression {
    private StoredExpression() {}

    /** Empty when plain SQLite cannot compute it. */
    static Optional<String> of(Expression expression) {
        try {
            return Optional.of(text(expression));
        } catch (NotStorableException e) {
            return Optional.empty();
        }
    }

    private static String text(Expression expression) {
        return switch (expression) {
            case Expression.Numeral n -> n.text();
            case Expression.Text t -> Quoting.storedString(t.value());
            case Expression.Null ignored -> "NULL";
            case Expression.ColumnName c -> Quoting.stored(c.name());
            case Expression.Call call -> call(call);
            case Expression.Unary u -> "(" + u.operator() + " " + text(u.operand()) + ")";
            case Expression.Binary b -> binary(b);
            case Expression.In in ->
                "(" + text(in.value()) + (in.negated() ? " NOT IN (" : " IN (") + list(in.members(), ", ") + "))";
            case Expression.Between b ->
                "(" + text(b.value()) + (b.negated() ? " NOT BETWEEN " : " BETWEEN ") + text(b.low()) + " AND "
                        + text(b.high()) + ")";
            case Expression.Is is -> "(" + text(is.value()) + (is.negated() ? " IS NOT " : " IS ") + is.state() + ")";
            case Expression.Like like -> like(like);
            case Expression.Case c -> caseText(c);
            case Expression.Cast cast -> cast(cast);
            case Expression.Interval ignored -> throw new NotStorableException();
        };
    }

    private static String binary(Expression.Binary b) {
        String left = text(b.left());
        String right = text(b.right());
        return switch (b.operator()) {
            case "<=>" -> "(" + left + " IS " + right + ")";
            case "/" -> "(CAST(" + left + " AS REAL) / " + right + ")";
            case "DIV" -> "CAST(" + left + " / " + right + " AS INTEGER)";
            case "MOD" -> "(" + left + " % " + right + ")";
            case "xor" -> "((" + left + ") <> 0) <> ((" + right + ") <> 0)";
            case "^" -> throw new NotStorableException();
            default -> "(" + left + " " + b.operator() + " " + right + ")";
        };
    }

    private static String like(Expression.Like like) {
        if (!like.operator().equals("like")) {
            throw new NotStorableException();
        }
        return "(" + text(like.value()) + (like.negated() ? " NOT LIKE " : " LIKE ") + text(like.pattern())
                + " ESCAPE '\\')";
    }

    private static String call(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        int count = arguments.size();
        return switch (call.function()) {
            case "concat" -> "(" + list(arguments, " || ") + ")";
            case "ucase" -> "upper(" + list(arguments, ", ") + ")";
            case "lcase" -> "lower(" + list(arguments, ", ") + ")";
            case "char_length" -> "length(" + list(arguments, ", ") + ")";
            case "octet_length" -> "length(CAST(" + list(arguments, ", ") + " AS BLOB))";
            case "left" -> "substr(" + text(arguments.get(0)) + ", 1, " + text(arguments.get(1)) + ")";
            case "right" -> "substr(" + text(arguments.get(0)) + ", -(" + text(arguments.get(1)) + "))";
            case "if" ->
                "CASE WHEN " + text(arguments.get(0)) + " THEN " + text(arguments.get(1)) + " ELSE "
                        + text(arguments.get(2)) + " END";
            case "least" -> "min(" + list(arguments, ", ") + ")";
            case "greatest" -> "max(" + list(arguments, ", ") + ")";
            case "isnull" -> "(" + text(arguments.get(0)) + " IS NULL)";
            case "json_value" -> "(" + list(arguments, " ->> ") + ")";
            case "json_unquote" -> jsonUnquote(call);
            case "substr",
                    "coalesce",
                    "ifnull",
                    "nullif",
                    "abs",
                    "round",
                    "replace",
                    "json_valid",
                    "json_extract",
                    "ltrim",
                    "rtrim",
                    "trim",
                    "hex" -> {
                if (count == 0) {
                    throw new NotStorableException();
                }
                yield call.function() + "(" + list(arguments, ", ") + ")";
            }
            default -> throw new NotStorableException();
        };
    }

    private static String jsonUnquote(Expression.Call call) {
        if (call.arguments().getFirst() instanceof Expression.Call inner
                && inner.function().equals("json_extract")
                && inner.arguments().size() == 2) {
            return "(" + list(inner.arguments(), " ->> ") + ")";
        }
        throw new NotStorableException();
    }

    private static String cast(Expression.Cast cast) {
        String value = text(cast.value());
        String type = cast.type();
        if (type.startsWith("signed") || type.startsWith("unsigned")) {
            return "CAST(" + value + " AS INTEGER)";
        }
        if (type.startsWith("char")) {
            return "CAST(" + value + " AS TEXT)";
        }
        if (type.startsWith("double") || type.startsWith("decimal") || type.startsWith("float")) {
            return "CAST(" + value + " AS REAL)";
        }
        if (type.equals("date")) {
            return "date(" + value + ")";
        }
        throw new NotStorableException();
    }

    private static String caseText(Expression.Case c) {
        StringBuilder text = new StringBuilder("CASE");
        if (c.subject() != null) {
            text.append(' ').append(text(c.subject()));
        }
        for (Expression.When when : c.branches()) {
            text.append(" WHEN ")
                    .append(text(when.condition()))
                    .append(" THEN ")
                    .append(text(when.result()));
        }
        if (c.otherwise() != null) {
            text.append(" ELSE ").append(text(c.otherwise()));
        }
        return text.append(" END").toString();
    }

    private static String list(List<Expression> expressions, String separator) {
        return expressions.stream().map(StoredExpression::text).collect(Collectors.joining(separator));
    }

    /** Unwinds from a part that plain SQLite has no equal for. */
    private static final class NotStorableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotStorableException() {
            super("plain SQLite has no equal", null, false, false);
        }
    }
}
