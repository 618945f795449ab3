package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries into SQLite text. */
final class Queries {
    private final Translation translation;
    private final Expressions expressions;
    private final Forms forms;

    Queries(Translation translation) {
        this.translation = translation;
        this.expressions = translation.expressions();
        this.forms = translation.forms();
    }

    /** SQLite text of a query and its columns; without the LIMIT too when rows are to be counted. */
    record Translated(
            String sql, List<Output> outputs, @Nullable Limited limited) {}

    /** The query without its LIMIT, and the limit's values. */
    record Limited(String unlimitedSql, String count, String offset) {}

    /** A result column; origin and slot are known when it is nothing but a stored column or a literal. */
    record Output(
            Name name, String sqlName, Type type, @Nullable Origin origin, int slot) {
        Output withType(Type newType) {
            return newType.equals(type) ? this : new Output(name, sqlName, newType, origin, slot);
        }
    }

    Translated subquery(Query query, @Nullable Scope outer) {
        return switch (query) {
            case Query.Select select -> select(select, outer);
            case Query.Compound compound -> compound(compound, outer);
            case Query.With with -> with(with, outer);
        };
    }

    static List<Output> renamed(List<Output> outputs, List<String> columns) {
        if (columns.isEmpty()) {
            return outputs;
        }
        if (columns.size() != outputs.size()) {
            throw SqlErrorCode.COLUMN_LIST_MISMATCH.with();
        }
        List<Output> renamed = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Output output = outputs.get(i);
            renamed.add(
                    new Output(Name.of(columns.get(i)), columns.get(i), output.type(), output.origin(), output.slot()));
        }
        return renamed;
    }

    /** The query with its columns under their SQLite names. */
    String named(Translated query, List<Output> outputs) {
        if (outputs.equals(query.outputs())) {
            return query.sql();
        }
        List<String> names = outputs.stream().map(o -> Sql.name(o.sqlName())).toList();
        return "WITH \"~\"(" + String.join(", ", names) + ") AS (" + query.sql() + ") SELECT * FROM \"~\"";
    }

    private Translated with(Query.With with, @Nullable Scope outer) {
        List<String> tables = new ArrayList<>();
        for (Query.With.Common table : with.tables()) {
            if (with.recursive()) {
                defineRecursive(table);
            }
            Translated query = subquery(table.query(), null);
            List<Output> renamed = renamed(query.outputs(), table.columns());
            List<Output> outputs =
                    with.recursive() && table.query() instanceof Query.Compound ? optional(renamed) : renamed;
            translation.sources().define(table.name(), outputs);
            List<String> names =
                    outputs.stream().map(o -> Sql.name(o.sqlName())).toList();
            tables.add(Sql.name(table.name()) + "(" + String.join(", ", names) + ") AS (" + query.sql() + ")");
        }
        String prefix = (with.recursive() ? "WITH RECURSIVE " : "WITH ") + String.join(", ", tables) + " ";
        Translated body = subquery(with.body(), outer);
        return new Translated(
                prefix + body.sql(),
                body.outputs(),
                body.limited() == null
                        ? null
                        : new Limited(
                                prefix + body.limited().unlimitedSql(),
                                body.limited().count(),
                                body.limited().offset()));
    }

    /** A recursive table's columns come from its first part. */
    private void defineRecursive(Query.With.Common table) {
        if (table.query() instanceof Query.Compound compound) {
            List<Output> outputs = subquery(compound.parts().getFirst(), null).outputs();
            translation.sources().define(table.name(), optional(renamed(outputs, table.columns())));
        }
    }

    private static List<Output> optional(List<Output> outputs) {
        return outputs.stream()
                .map(o -> o.withType(o.type().withNullable(true)))
                .toList();
    }

    private Translated compound(Query.Compound compound, @Nullable Scope outer) {
        List<Translated> parts =
                compound.parts().stream().map(p -> subquery(p, outer)).toList();
        List<Output> outputs = parts.getFirst().outputs();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            outputs = i == 0 ? outputs : common(outputs, parts.get(i).outputs());
            boolean simple = compound.parts().get(i) instanceof Query.Select select
                    && select.limit() == null
                    && select.orderBy().isEmpty();
            boolean only = parts.size() == 1 && compound.orderBy().isEmpty() && compound.limit() == null;
            texts.add(
                    simple || only
                            ? parts.get(i).sql()
                            : "SELECT * FROM (" + parts.get(i).sql() + ")");
        }
        Scope scope = new Scope(outer);
        scope.aliases(aliases(outputs));
        scope.in("ORDER BY", Scope.AliasRule.BEFORE_COLUMNS);
        String body = String.join(" " + compound.operator() + " ", texts);
        String ordered = body + orderBy(compound.orderBy(), outputs, scope);
        return limited(ordered, outputs, compound.limit(), scope);
    }

    private static List<Scope.Alias> aliases(List<Output> outputs) {
        List<Scope.Alias> aliases = new ArrayList<>();
        for (Output output : outputs) {
            aliases.add(new Scope.Alias(output.sqlName(), Fragment.of(Sql.name(output.sqlName()), output.type())));
        }
        return aliases;
    }

    private static List<Output> common(List<Output> left, List<Output> right) {
        if (left.size() != right.size()) {
            throw SqlErrorCode.DIFFERENT_NUMBER_OF_COLUMNS.with();
        }
        List<Output> outputs = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            Output output = left.get(i);
            Type type = Type.common(output.type(), right.get(i).type());
            outputs.add(new Output(output.name(), output.sqlName(), type, null, -1));
        }
        return outputs;
    }

    private Translated select(Query.Select select, @Nullable Scope outer) {
        if (select.rollup()) {
            return new Rollup(this, select).translate(outer);
        }
        Scope scope = new Scope(outer);
        String from =
                select.from() == null ? "" : " FROM " + translation.sources().translate(select.from(), scope);
        SelectList list = new SelectList(
                translation, select.items(), select.distinct(), scope.in("SELECT", Scope.AliasRule.NEVER));
        scope.aliases(list.aliases());
        boolean aggregated = !select.groupBy().isEmpty() || Aggregation.isAggregated(select);
        if (translation.compilation().context().mode().onlyFullGroupBy()) {
            FullGroupBy.check(select, scope, aggregated);
        }
        boolean numbersSorted = !aggregated && !select.orderBy().isEmpty() && Assignments.inList(select);
        if (numbersSorted) {
            return sorted(select, from, list, scope);
        }
        StringBuilder sql = new StringBuilder(select.distinct() ? "SELECT DISTINCT " : "SELECT ");
        sql.append(String.join(", ", list.texts())).append(from);
        sql.append(where(select, aggregated, scope));
        sql.append(groupBy(select, list.outputs(), scope));
        if (select.having() != null && aggregated) {
            // SQLite wants a GROUP BY before HAVING unless the query aggregates, and then treats all rows as one group.
            sql.append(" HAVING ")
                    .append(expressions.condition(
                            select.having(), scope.in("HAVING", Scope.AliasRule.BEFORE_COLUMNS_BUT_GROUPS)));
        }
        boolean singleRow = aggregated && select.groupBy().isEmpty();
        if (!singleRow) {
            sql.append(orderBy(select.orderBy(), list.outputs(), scope.in("ORDER BY", Scope.AliasRule.BEFORE_COLUMNS)));
        }
        return limited(sql.toString(), list.outputs(), select.limit(), scope);
    }

    /** Assignments in the select list see the rows in the order asked for. */
    private Translated sorted(Query.Select select, String from, SelectList list, Scope scope) {
        String rows = from
                + where(select, false, scope)
                + orderBy(select.orderBy(), list.outputs(), scope.in("ORDER BY", Scope.AliasRule.BEFORE_COLUMNS));
        Translated chosen = limited(rows, List.of(), select.limit(), scope);
        String with = SortedRows.with(scope, chosen.sql());
        SelectList computed = new SelectList(
                translation, select.items(), select.distinct(), scope.in("SELECT", Scope.AliasRule.NEVER));
        String text = with
                + (select.distinct() ? "SELECT DISTINCT " : "SELECT ")
                + String.join(", ", computed.texts())
                + SortedRows.from();
        return new Translated(text, computed.outputs(), null);
    }

    /** Without groups HAVING is one more condition on rows, which may name aliases. */
    private String where(Query.Select select, boolean aggregated, Scope scope) {
        List<String> conditions = new ArrayList<>();
        if (select.where() != null) {
            conditions.add(expressions.joinCondition(select.where(), scope.in("WHERE", Scope.AliasRule.NEVER)));
        }
        if (select.having() != null && !aggregated) {
            conditions.add(expressions.condition(
                    select.having(), scope.in("HAVING", Scope.AliasRule.BEFORE_COLUMNS_BUT_GROUPS)));
        }
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    private String groupBy(Query.Select select, List<Output> outputs, Scope scope) {
        if (select.groupBy().isEmpty()) {
            return "";
        }
        List<String> keys = new ArrayList<>();
        for (Query.Order group : select.groupBy()) {
            keys.add(key(group.value(), outputs, scope.in("GROUP BY", Scope.AliasRule.AFTER_COLUMNS)));
        }
        return " GROUP BY " + String.join(", ", keys);
    }

    private String orderBy(List<Query.Order> orders, List<Output> outputs, Scope scope) {
        if (orders.isEmpty()) {
            return "";
        }
        List<String> keys = new ArrayList<>();
        for (Query.Order order : orders) {
            if (order.value() instanceof Expression.NullValue) {
                continue;
            }
            keys.add(key(order.value(), outputs, scope) + (order.descending() ? " DESC" : ""));
        }
        return keys.isEmpty() ? "" : " ORDER BY " + String.join(", ", keys);
    }

    /** A position, the name of a result column, or any expression. */
    private String key(Expression value, List<Output> outputs, Scope scope) {
        if (value instanceof Expression.Inline(long position)) {
            if (position < 1 || position > outputs.size()) {
                throw SqlErrorCode.UNKNOWN_COLUMN.with(position, scope.clause());
            }
            return orderKey(Fragment.of(
                    Long.toString(position), outputs.get((int) position - 1).type()));
        }
        Fragment fragment = expressions.translate(value, scope);
        boolean constant = fragment.isSlot();
        return constant ? "(" + fragment.sql() + " IS NULL)" : orderKey(fragment);
    }

    /** What stands behind ORDER BY inside a call or a window. */
    String orderKeys(List<Query.Order> orders, Scope scope) {
        List<String> keys = new ArrayList<>();
        for (Query.Order order : orders) {
            keys.add(orderKey(expressions.translate(order.value(), scope)) + (order.descending() ? " DESC" : ""));
        }
        return String.join(", ", keys);
    }

    /** Text sorts and groups by MySQL's collation. */
    String orderKey(Fragment key) {
        if (key.origin() != null && !key.origin().column().type().values().isEmpty()) {
            // ENUM and SET sort by their number.
            return forms.number(key);
        }
        boolean wide = key.type().family() == Type.Family.DECIMAL && Forms.isWide(key) && !forms.isPlain();
        return wide
                ? "mysql_number_key(" + key.sql() + ")"
                : key.sql() + translation.collating().text(key);
    }

    Translated limited(String sql, List<Output> outputs, Query.@Nullable Limit limit, Scope scope) {
        if (limit == null) {
            return new Translated(sql, outputs, null);
        }
        String count = forms.rows(expressions.translate(limit.count(), scope));
        String offset = limit.offset() == null ? "" : forms.rows(expressions.translate(limit.offset(), scope));
        String text = sql + " LIMIT " + count + (offset.isEmpty() ? "" : " OFFSET " + offset);
        return new Translated(text, outputs, new Limited(sql, count, offset));
    }
}
