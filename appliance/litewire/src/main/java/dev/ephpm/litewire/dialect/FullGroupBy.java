package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * ONLY_FULL_GROUP_BY as MariaDB has it: what is selected is grouped by or computed of groups. That a column depends on what is
 * grouped by does not count. Columns of derived tables and subqueries are not looked at.
 */
final class FullGroupBy {
    /** The plan holds for any literals, so literals of two expressions pass for equal; so do columns of two tables. */
    private static final Pattern NOT_COMPARED = Pattern.compile("Slot\\[index=\\d+]|ColumnName\\[table=[^,]*,");

    private final Query.Select select;
    private final Scope scope;
    private final Set<String> columns = new HashSet<>();
    private final Set<String> expressions = new HashSet<>();

    private FullGroupBy(Query.Select select, Scope scope) {
        this.select = select;
        this.scope = scope;
    }

    /** Throws 1055, 1140, 1463 and 1054. The scope is that of the query, with its relations. */
    static void check(Query.Select select, Scope scope, boolean aggregated) {
        if (aggregated || select.having() != null) {
            new FullGroupBy(select, scope.in("SELECT", Scope.AliasRule.NEVER)).check(aggregated);
        }
    }

    private void check(boolean aggregated) {
        for (Query.Order group : select.groupBy()) {
            add(group.value());
        }
        if (aggregated) {
            select.items().forEach(item -> checkItem(item.value()));
        }
        if (select.having() != null) {
            checkHaving(select.having(), aggregated);
        }
        if (aggregated && select.groupBy().isEmpty()) {
            select.orderBy().forEach(order -> checkOrder(order.value()));
        }
    }

    private void add(Expression group) {
        if (group instanceof Expression.Inline(long position)
                && position >= 1
                && position <= select.items().size()) {
            add(select.items().get((int) position - 1).value());
            return;
        }
        expressions.add(text(group));
        if (group instanceof Expression.ColumnName name) {
            if (isColumn(name)) {
                columns.add(scope.resolve(name).sql());
            } else {
                select.items().stream()
                        .filter(item -> isNamed(item, name))
                        .findFirst()
                        .ifPresent(item -> add(item.value()));
            }
        }
    }

    private static boolean isNamed(Query.Item item, Expression.ColumnName name) {
        return name.table() == null
                && item.aliased()
                && item.name() != null
                && item.name().text(List.of()).equalsIgnoreCase(name.column());
    }

    private boolean isAlias(Expression.ColumnName name) {
        return select.items().stream().anyMatch(item -> isNamed(item, name));
    }

    private boolean isColumn(Expression.ColumnName name) {
        return scope.relations().stream()
                .filter(r -> name.table() == null || r.alias().equalsIgnoreCase(name.table()))
                .flatMap(r -> r.fields().stream())
                .anyMatch(f -> f.isNamed(name.column()));
    }

    private static String text(Expression expression) {
        return NOT_COMPARED.matcher(expression.toString()).replaceAll("").toLowerCase(Locale.ROOT);
    }

    private boolean isGrouped(Expression expression) {
        return expression instanceof Expression.ColumnName name
                ? columns.contains(scope.resolve(name).sql())
                : expressions.contains(text(expression));
    }

    /** Looks at the columns that are neither grouped by nor inside of an aggregate. */
    private void forEachLoose(Expression expression, Consumer<Expression.ColumnName> action) {
        if (expression instanceof Expression.Aggregate) {
            return;
        }
        if (expression instanceof Expression.ColumnName name) {
            boolean stored = isColumn(name) && scope.resolve(name).origin() != null;
            if (stored && !isGrouped(name)) {
                action.accept(name);
            }
            return;
        }
        if (!isGrouped(expression)) {
            ExpressionParts.of(expression).forEach(part -> forEachLoose(part, action));
        }
    }

    private void checkItem(Expression item) {
        if (item instanceof Expression.AllColumns(String table)) {
            scope.relations().stream()
                    .filter(r -> table == null || r.alias().equalsIgnoreCase(table))
                    .flatMap(r -> r.fields().stream())
                    .map(Scope.Field::value)
                    .filter(value -> value.origin() != null && !columns.contains(value.sql()))
                    .findFirst()
                    .ifPresent(this::refuse);
            return;
        }
        forEachLoose(item, name -> refuse(scope.resolve(name)));
    }

    private void refuse(Fragment column) {
        Origin origin = column.origin();
        if (select.groupBy().isEmpty() || origin == null) {
            throw SqlErrorCode.MIXED_WITHOUT_GROUP_BY.with();
        }
        throw SqlErrorCode.NOT_IN_GROUP_BY.with(origin.database() + "." + origin.tableAlias() + "."
                + origin.column().name());
    }

    private void checkOrder(Expression key) {
        forEachLoose(key, name -> {
            if (!isAlias(name)) {
                refuse(scope.resolve(name));
            }
        });
    }

    private void checkHaving(Expression having, boolean aggregated) {
        forEachLoose(having, name -> {
            if (!aggregated) {
                throw SqlErrorCode.NOT_GROUPED_IN_HAVING.with(name.column(), "HAVING");
            }
            if (!isAlias(name)) {
                throw SqlErrorCode.UNKNOWN_COLUMN.with(name.written(), "HAVING");
            }
        });
    }
}
