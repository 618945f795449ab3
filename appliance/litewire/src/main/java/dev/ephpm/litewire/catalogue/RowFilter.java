package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.SqlErrorCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** LIKE and WHERE of SHOW statements. */
final class RowFilter {
    private final @Nullable Pattern pattern;
    private final @Nullable Expression condition;
    private final List<Column> columns;

    private RowFilter(@Nullable Pattern pattern, @Nullable Expression condition, List<Column> columns) {
        this.pattern = pattern;
        this.condition = condition;
        this.columns = columns;
    }

    /** Reads LIKE or WHERE if one comes next. */
    static RowFilter parse(TokenReader reader, List<Column> columns, boolean matchesCase) {
        if (reader.accept("like")) {
            return new RowFilter(LikePattern.of(reader.string(), matchesCase), null, columns);
        }
        if (reader.accept("where")) {
            RowFilter filter = new RowFilter(null, ExpressionParser.parse(reader), columns);
            filter.requireKnownColumns(filter.condition);
            return filter;
        }
        return new RowFilter(null, null, columns);
    }

    List<Rows.Row> of(List<Rows.Row> rows) {
        return rows.stream().filter(this::accepts).toList();
    }

    private boolean accepts(Rows.Row row) {
        if (pattern != null) {
            return pattern.matcher(row.text(0)).matches();
        }
        return condition == null || isTrue(value(condition, row));
    }

    private void requireKnownColumns(@Nullable Expression expression) {
        switch (expression) {
            case Expression.ColumnName name -> index(name.name());
            case Expression.Binary b -> {
                requireKnownColumns(b.left());
                requireKnownColumns(b.right());
            }
            case Expression.Unary u -> requireKnownColumns(u.operand());
            case Expression.In in -> requireKnownColumns(in.value());
            case Expression.Like like -> requireKnownColumns(like.value());
            case Expression.Is is -> requireKnownColumns(is.value());
            case Expression.Between b -> requireKnownColumns(b.value());
            case Expression.Call call -> call.arguments().forEach(this::requireKnownColumns);
            case null, default -> {
                // Literals name no column.
            }
        }
    }

    private int index(String name) {
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (column.name().equalsIgnoreCase(name) || column.originalName().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw SqlErrorCode.UNKNOWN_COLUMN.with(name, "WHERE");
    }

    private @Nullable Object value(Expression expression, Rows.Row row) {
        return switch (expression) {
            case Expression.Numeral n -> new BigDecimal(n.text());
            case Expression.Text t -> t.value();
            case Expression.Null ignored -> null;
            case Expression.ColumnName c -> row.values().get(index(c.name()));
            case Expression.Unary u when u.operator().equals("not") -> not(value(u.operand(), row));
            case Expression.Binary b -> binary(b, row);
            case Expression.In in -> in(in, row);
            case Expression.Between b -> {
                Object value = value(b.value(), row);
                boolean inside = compare(value, value(b.low(), row)) >= 0 && compare(value, value(b.high(), row)) <= 0;
                yield truth(inside != b.negated());
            }
            case Expression.Is is -> {
                Object value = value(is.value(), row);
                boolean holds = switch (is.state()) {
                    case "null" -> value == null;
                    case "true" -> isTrue(value);
                    default -> value != null && !isTrue(value);
                };
                yield truth(holds != is.negated());
            }
            case Expression.Like like -> like(like, row);
            case Expression.Call call -> call(call, row);
            case Expression.Unary ignored -> throw unsupported();
            case Expression.Case ignored -> throw unsupported();
            case Expression.Cast cast -> value(cast.value(), row);
            case Expression.Interval ignored -> throw unsupported();
        };
    }

    private static RuntimeException unsupported() {
        return SqlErrorCode.NOT_SUPPORTED_YET.with("this expression in SHOW … WHERE");
    }

    private @Nullable Object binary(Expression.Binary b, Rows.Row row) {
        Object left = value(b.left(), row);
        switch (b.operator()) {
            case "and" -> {
                return truth(isTrue(left) && isTrue(value(b.right(), row)));
            }
            case "or" -> {
                return truth(isTrue(left) || isTrue(value(b.right(), row)));
            }
            case "xor" -> {
                return truth(isTrue(left) != isTrue(value(b.right(), row)));
            }
            default -> {
                // A comparison.
            }
        }
        Object right = value(b.right(), row);
        if (b.operator().equals("<=>")) {
            return truth(left == null ? right == null : right != null && compare(left, right) == 0);
        }
        if (left == null || right == null) {
            return null;
        }
        int order = compare(left, right);
        return switch (b.operator()) {
            case "=" -> truth(order == 0);
            case "<>" -> truth(order != 0);
            case "<" -> truth(order < 0);
            case "<=" -> truth(order <= 0);
            case ">" -> truth(order > 0);
            case ">=" -> truth(order >= 0);
            default -> throw unsupported();
        };
    }

    private @Nullable Object in(Expression.In in, Rows.Row row) {
        Object value = value(in.value(), row);
        if (value == null) {
            return null;
        }
        boolean found = in.members().stream().anyMatch(m -> {
            Object member = value(m, row);
            return member != null && compare(value, member) == 0;
        });
        return truth(found != in.negated());
    }

    private @Nullable Object like(Expression.Like like, Rows.Row row) {
        Object value = value(like.value(), row);
        Object wanted = value(like.pattern(), row);
        if (value == null || wanted == null) {
            return null;
        }
        boolean found = like.operator().equals("like")
                ? LikePattern.of(wanted.toString(), false)
                        .matcher(value.toString())
                        .matches()
                : Pattern.compile(wanted.toString(), Pattern.CASE_INSENSITIVE)
                        .matcher(value.toString())
                        .find();
        return truth(found != like.negated());
    }

    private @Nullable Object call(Expression.Call call, Rows.Row row) {
        if (call.arguments().isEmpty()) {
            throw unsupported();
        }
        Object first = value(call.arguments().getFirst(), row);
        if (first == null) {
            return null;
        }
        return switch (call.function()) {
            case "lcase" -> first.toString().toLowerCase(Locale.ROOT);
            case "ucase" -> first.toString().toUpperCase(Locale.ROOT);
            default -> throw unsupported();
        };
    }

    /** Numbers by value when either side is one, else text without regard to case. */
    private static int compare(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number || right instanceof Number) {
            return number(left).compareTo(number(right));
        }
        return String.valueOf(left).compareToIgnoreCase(String.valueOf(right));
    }

    private static BigDecimal number(@Nullable Object value) {
        String digits = String.valueOf(value).strip();
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException e) {
            return BigDecimal.ZERO;
        }
    }

    private static boolean isTrue(@Nullable Object value) {
        return value != null && number(value).signum() != 0;
    }

    private static @Nullable Object not(@Nullable Object value) {
        return value == null ? null : truth(!isTrue(value));
    }

    private static Object truth(boolean value) {
        return value ? 1L : 0L;
    }
}
