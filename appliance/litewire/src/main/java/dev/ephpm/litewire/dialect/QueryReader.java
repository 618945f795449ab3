package dev.ephpm.litewire.dialect;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.SQLLimit;
import com.alibaba.druid.sql.ast.SQLName;
import com.alibaba.druid.sql.ast.SQLOrderBy;
import com.alibaba.druid.sql.ast.SQLOrderingSpecification;
import com.alibaba.druid.sql.ast.expr.SQLPropertyExpr;
import com.alibaba.druid.sql.ast.statement.SQLExprTableSource;
import com.alibaba.druid.sql.ast.statement.SQLJoinTableSource;
import com.alibaba.druid.sql.ast.statement.SQLSelect;
import com.alibaba.druid.sql.ast.statement.SQLSelectGroupByClause;
import com.alibaba.druid.sql.ast.statement.SQLSelectItem;
import com.alibaba.druid.sql.ast.statement.SQLSelectOrderByItem;
import com.alibaba.druid.sql.ast.statement.SQLSelectQuery;
import com.alibaba.druid.sql.ast.statement.SQLSelectQueryBlock;
import com.alibaba.druid.sql.ast.statement.SQLSubqueryTableSource;
import com.alibaba.druid.sql.ast.statement.SQLTableSource;
import com.alibaba.druid.sql.ast.statement.SQLUnionOperator;
import com.alibaba.druid.sql.ast.statement.SQLUnionQuery;
import com.alibaba.druid.sql.ast.statement.SQLUnionQueryTableSource;
import com.alibaba.druid.sql.ast.statement.SQLWithSubqueryClause;
import com.alibaba.druid.sql.dialect.mysql.ast.expr.MySqlOrderingExpr;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlSelectQueryBlock;
import dev.ephpm.litewire.SqlErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Druid's queries into ours. */
final class QueryReader {
    private final ShapeText shape;
    private final ExpressionReader expressions;
    private boolean locks;

    QueryReader(ShapeText shape, boolean pipesAsConcat) {
        this.shape = shape;
        this.expressions = new ExpressionReader(this, pipesAsConcat);
    }

    /** Whether a query read so far locks its rows. */
    boolean locks() {
        return locks;
    }

    ExpressionReader expressions() {
        return expressions;
    }

    Query read(SQLSelect select) {
        Query body = read(select.getQuery());
        if (select.getOrderBy() != null || select.getLimit() != null) {
            body = new Query.Compound("", List.of(body), orders(select.getOrderBy()), limit(select.getLimit()));
        }
        return with(select.getWithSubQuery(), body);
    }

    private Query with(@Nullable SQLWithSubqueryClause clause, Query body) {
        if (clause == null) {
            return body;
        }
        List<Query.With.Common> tables = new ArrayList<>();
        for (SQLWithSubqueryClause.Entry entry : clause.getEntries()) {
            tables.add(new Query.With.Common(
                    Names.plain(entry.getAlias()), names(entry.getColumns()), read(entry.getSubQuery())));
        }
        return new Query.With(Boolean.TRUE.equals(clause.getRecursive()), List.copyOf(tables), body);
    }

    private static List<String> names(@Nullable List<SQLName> columns) {
        return columns == null
                ? List.of()
                : columns.stream().map(c -> Names.plain(c.getSimpleName())).toList();
    }

    Query read(@Nullable SQLSelectQuery query) {
        return switch (query) {
            case MySqlSelectQueryBlock block ->
                with(block.getWith(), expressions.windows().within(block.getWindows(), () -> select(block)));
            case SQLUnionQuery union -> with(union.getWith(), compound(union));
            case null -> throw new UnreadableShape("no query");
            default -> throw new UnreadableShape(query);
        };
    }

    private Query compound(SQLUnionQuery union) {
        List<Query> parts = union.getRelations().stream().map(this::read).toList();
        return new Query.Compound(
                operator(union.getOperator()), parts, orders(union.getOrderBy()), limit(union.getLimit()));
    }

    private static String operator(SQLUnionOperator operator) {
        return switch (operator) {
            case UNION, DISTINCT -> "UNION";
            case UNION_ALL -> "UNION ALL";
            case EXCEPT, EXCEPT_DISTINCT, MINUS, MINUS_DISTINCT -> "EXCEPT";
            case INTERSECT, INTERSECT_DISTINCT -> "INTERSECT";
            default -> throw new UnreadableShape(operator);
        };
    }

    private Query select(MySqlSelectQueryBlock block) {
        if (block.getInto() != null) {
            throw SqlErrorCode.UNDECLARED_VARIABLE.with(
                    Names.last(block.getInto().getExpr()));
        }
        if (block.getSelectList().isEmpty()) {
            throw new UnreadableShape(block);
        }
        locks |= block.isForUpdate() || block.isForShare() || block.isLockInShareMode();
        SQLSelectGroupByClause group = block.getGroupBy();
        List<Query.Order> groupBy = group == null
                ? List.of()
                : group.getItems().stream().map(this::grouping).toList();
        return new Query.Select(
                isDistinct(block),
                block.isCalcFoundRows(),
                block.getSelectList().stream().map(this::item).toList(),
                block.getFrom() == null ? null : fromClause(block.getFrom()),
                expressions.readOptional(block.getWhere()),
                groupBy,
                group != null && group.isWithRollUp(),
                group == null ? null : expressions.readOptional(group.getHaving()),
                orders(block.getOrderBy()),
                limit(block.getLimit()));
    }

    private static boolean isDistinct(SQLSelectQueryBlock block) {
        return block.isDistinct() || block.getDistionOption() == com.alibaba.druid.sql.ast.SQLSetQuantifier.DISTINCTROW;
    }

    /** {@code FROM dual} is no table at all. */
    private @Nullable Source fromClause(SQLTableSource from) {
        Source source = source(from);
        boolean dual = source instanceof Source.Named named
                && named.database() == null
                && named.table().equalsIgnoreCase("dual");
        return dual ? null : source;
    }

    private Query.Item item(SQLSelectItem item) {
        Expression value = expressions.read(item.getExpr());
        String alias = item.getAlias() == null ? null : Names.plain(item.getAlias());
        if (alias != null && alias.startsWith(ShapeText.NAMELESS)) {
            int index = Integer.parseInt(alias.substring(ShapeText.NAMELESS.length()));
            return new Query.Item(value, shape.name(index), false);
        }
        if (alias != null) {
            return new Query.Item(value, Name.of(alias), true);
        }
        return switch (value) {
            case Expression.AllColumns _ -> new Query.Item(value, null, false);
            case Expression.ColumnName column -> new Query.Item(value, Name.of(column.column()), false);
            default -> new Query.Item(value, Name.of(item.getExpr().toString()), false);
        };
    }

    private Query.Order grouping(SQLExpr expression) {
        if (expression instanceof MySqlOrderingExpr ordering) {
            boolean descending = ordering.getType() == SQLOrderingSpecification.DESC;
            return new Query.Order(expressions.read(ordering.getExpr()), descending);
        }
        return new Query.Order(expressions.read(expression), false);
    }

    List<Query.Order> orders(@Nullable SQLOrderBy orderBy) {
        return orderBy == null
                ? List.of()
                : orderBy.getItems().stream().map(this::order).toList();
    }

    private Query.Order order(SQLSelectOrderByItem item) {
        Expression value = expressions.read(item.getExpr());
        if (item.getCollate() != null) {
            value = new Expression.Collate(value, item.getCollate());
        }
        return new Query.Order(value, item.getType() == SQLOrderingSpecification.DESC);
    }

    Query.@Nullable Limit limit(@Nullable SQLLimit limit) {
        if (limit == null) {
            return null;
        }
        return new Query.Limit(expressions.read(limit.getRowCount()), expressions.readOptional(limit.getOffset()));
    }

    Source source(SQLTableSource source) {
        return switch (source) {
            case SQLExprTableSource table -> named(table);
            case SQLSubqueryTableSource query ->
                new Source.Derived(read(query.getSelect()), alias(query), names(query.getColumns()));
            case SQLUnionQueryTableSource union ->
                new Source.Derived(read(union.getUnion()), alias(union), names(union.getColumns()));
            case SQLJoinTableSource join -> join(join);
            default -> throw new UnreadableShape(source);
        };
    }

    private static String alias(SQLTableSource source) {
        if (source.getAlias() == null) {
            throw new UnreadableShape(source);
        }
        return Names.plain(source.getAlias());
    }

    private static Source named(SQLExprTableSource table) {
        SQLExpr name = table.getExpr();
        String database = name instanceof SQLPropertyExpr property ? Names.last(property.getOwner()) : null;
        String alias = table.getAlias() == null ? Names.last(name) : Names.plain(table.getAlias());
        return new Source.Named(database, Names.last(name), alias);
    }

    private Source join(SQLJoinTableSource join) {
        Source.Kind kind = switch (join.getJoinType()) {
            case COMMA -> Source.Kind.COMMA;
            case JOIN, INNER_JOIN, STRAIGHT_JOIN, NATURAL_JOIN, NATURAL_INNER_JOIN -> Source.Kind.INNER;
            case CROSS_JOIN, NATURAL_CROSS_JOIN -> Source.Kind.CROSS;
            case LEFT_OUTER_JOIN, NATURAL_LEFT_JOIN -> Source.Kind.LEFT;
            case RIGHT_OUTER_JOIN, NATURAL_RIGHT_JOIN -> Source.Kind.RIGHT;
            default -> throw new UnreadableShape(join);
        };
        return new Source.Join(
                kind,
                source(join.getLeft()),
                source(join.getRight()),
                expressions.readOptional(join.getCondition()),
                join.getUsing().stream().map(Names::last).toList(),
                join.isNatural() || join.getJoinType().name().startsWith("NATURAL"));
    }
}
