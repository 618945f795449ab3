package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY a, b WITH ROLLUP, which SQLite does not have: one query per level (a and b; a; all rows) in which the keys left out
 * are NULL, put together by UNION ALL and sorted so that each total follows its groups. Two hidden columns per key hold
 * whether it is left out and its value.
 */
final class Rollup {
    private static final String FLAG = "~total";
    private static final String KEY = "~key";

    private final Queries queries;
    private final Query.Select select;
    private final List<Expression> keys;

    Rollup(Queries queries, Query.Select select) {
        if (!select.orderBy().isEmpty()) {
            throw SqlErrorCode.WRONG_USAGE.with("CUBE/ROLLUP", "ORDER BY");
        }
        this.queries = queries;
        this.select = select;
        this.keys = select.groupBy().stream().map(k -> meant(k.value())).toList();
    }

    Queries.Translated translate(@Nullable Scope outer) {
        List<Query> levels = new ArrayList<>();
        for (int kept = keys.size(); kept >= 0; kept--) {
            levels.add(level(kept));
        }
        Queries.Translated all = queries.subquery(new Query.Compound("UNION ALL", levels, List.of(), null), outer);
        int hidden = 2 * keys.size();
        int shown = all.outputs().size() - hidden;
        List<Queries.Output> outputs = all.outputs().subList(0, shown);
        List<String> names = outputs.stream().map(o -> Sql.name(o.sqlName())).toList();
        String sql = (select.distinct() ? "SELECT DISTINCT " : "SELECT ") + String.join(", ", names) + " FROM ("
                + all.sql() + ") ORDER BY " + order(all.outputs().subList(shown, shown + hidden));
        return queries.limited(sql, List.copyOf(outputs), select.limit(), new Scope(outer));
    }

    private String order(List<Queries.Output> hidden) {
        List<String> terms = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Queries.Output key = hidden.get(2 * i + 1);
            terms.add(Sql.name(hidden.get(2 * i).sqlName()));
            terms.add(queries.orderKey(Fragment.of(Sql.name(key.sqlName()), key.type()))
                    + (select.groupBy().get(i).descending() ? " DESC" : ""));
        }
        return String.join(", ", terms);
    }

    /** Groups by the first keys; grouping by NULL makes one group of all rows, and none of no rows. */
    private Query level(int kept) {
        Substitution totals = new Substitution(e -> isKey(e, kept) ? new Expression.NullValue() : null);
        List<Query.Item> items = new ArrayList<>();
        for (Query.Item item : select.items()) {
            items.add(new Query.Item(totals.in(item.value()), item.name(), item.aliased()));
        }
        List<Query.Order> groups = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            boolean total = i >= kept;
            Expression key = total ? new Expression.NullValue() : keys.get(i);
            items.add(new Query.Item(new Expression.Inline(total ? 1 : 0), Name.of(FLAG + i), true));
            items.add(new Query.Item(key, Name.of(KEY + i), true));
            if (!total) {
                groups.add(new Query.Order(key, false));
            }
        }
        if (groups.isEmpty()) {
            groups.add(new Query.Order(new Expression.NullValue(), false));
        }
        return new Query.Select(
                false,
                false,
                items,
                select.from(),
                select.where(),
                groups,
                false,
                totals.inOptional(select.having()),
                List.of(),
                null);
    }

    private boolean isKey(Expression expression, int from) {
        return keys.subList(from, keys.size()).stream().anyMatch(key -> isSame(key, expression));
    }

    private static boolean isSame(Expression key, Expression expression) {
        if (key instanceof Expression.ColumnName left && expression instanceof Expression.ColumnName right) {
            boolean sameTable = left.table() == null
                    || right.table() == null
                    || left.table().equalsIgnoreCase(right.table());
            return sameTable && left.column().equalsIgnoreCase(right.column());
        }
        return key.equals(expression);
    }

    /** What a key stands for when it is a position or the alias of a result column. */
    private Expression meant(Expression key) {
        if (key instanceof Expression.Inline(long position)
                && position >= 1
                && position <= select.items().size()) {
            return select.items().get((int) position - 1).value();
        }
        if (key instanceof Expression.ColumnName column && column.table() == null) {
            for (Query.Item item : select.items()) {
                boolean named = item.aliased()
                        && item.name() != null
                        && item.name().text(List.of()).equalsIgnoreCase(column.column());
                if (named) {
                    return item.value();
                }
            }
        }
        return key;
    }
}
