package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The SELECT of a view as MariaDB shows it: every name resolved, every column with an alias. Known for plain columns of one
 * table with simple conditions; other views are shown as they were written.
 */
final class ViewText {
    private static final Map<String, Integer> RANKS =
            Map.of("OR", 1, "AND", 2, "=", 3, "<>", 3, "<", 3, ">", 3, "<=", 3, ">=", 3);

    private final Source.Named table;
    private final List<String> columns;
    private final List<Literal> literals;

    private ViewText(Source.Named table, List<String> columns, List<Literal> literals) {
        this.table = table;
        this.columns = columns;
        this.literals = literals;
    }

    /** Something that is not among what is known. */
    private static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unknown() {
            super("as written", null, false, false);
        }
    }

    /**
     * @param names what the view calls its columns; empty for the SELECT's own names
     * @param outputs the columns of the SELECT
     */
    static Optional<String> of(
            Query query,
            List<Queries.Output> outputs,
            List<String> names,
            Dialect.Context context,
            List<Literal> literals) {
        boolean plain = query instanceof Query.Select select
                && !select.distinct()
                && select.groupBy().isEmpty()
                && select.having() == null
                && select.orderBy().isEmpty()
                && select.limit() == null
                && outputs.stream().allMatch(o -> o.origin() != null);
        if (!plain || !(((Query.Select) query).from() instanceof Source.Named named) || named.database() != null) {
            return Optional.empty();
        }
        List<String> columns = context.schema()
                .table(named.table())
                .map(t -> t.columns().stream().map(c -> c.name()).toList())
                .orElse(List.of());
        try {
            return Optional.of(new ViewText(named, columns, literals).text((Query.Select) query, outputs, names));
        } catch (Unknown e) {
            return Optional.empty();
        }
    }

    private String text(Query.Select select, List<Queries.Output> outputs, List<String> names) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            Origin origin = outputs.get(i).origin();
            if (origin == null) {
                throw new Unknown();
            }
            String name = names.isEmpty() ? outputs.get(i).name().text(literals) : names.get(i);
            items.add(column(origin.column().name()) + " AS " + quoted(name));
        }
        boolean aliased = !table.alias().equals(table.table());
        String where = select.where() == null ? "" : " where " + expression(select.where(), 0);
        return "select " + String.join(",", items) + " from " + quoted(table.table())
                + (aliased ? " " + quoted(table.alias()) : "") + where;
    }

    private String expression(Expression expression, int outside) {
        return switch (expression) {
            case Expression.ColumnName name ->
                column(columns.stream()
                        .filter(name.column()::equalsIgnoreCase)
                        .findFirst()
                        .orElseThrow(Unknown::new));
            case Expression.Slot(int slot) -> literal(literals.get(slot));
            case Expression.NullValue _ -> "NULL";
            case Expression.Is is
            when is.what().equals("NULL") -> expression(is.subject(), 4) + (is.negated() ? " is not null" : " is null");
            case Expression.Binary(String operator, Expression left, Expression right)
            when RANKS.containsKey(operator) -> {
                int rank = RANKS.getOrDefault(operator, 0);
                String text = expression(left, rank) + " " + operator.toLowerCase(Locale.ROOT) + " "
                        + expression(right, rank);
                yield rank < outside ? "(" + text + ")" : text;
            }
            default -> throw new Unknown();
        };
    }

    private static String literal(Literal literal) {
        return switch (literal) {
            case Literal.Whole whole -> Long.toString(whole.value64());
            case Literal.Text text
            when text.text().chars().noneMatch(c -> c == '\\' || c == '\'' || c < ' ') -> "'" + text.text() + "'";
            default -> throw new Unknown();
        };
    }

    private String column(String name) {
        return quoted(table.alias()) + "." + quoted(name);
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
