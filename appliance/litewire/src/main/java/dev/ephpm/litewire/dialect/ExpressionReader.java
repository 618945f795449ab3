package dev.ephpm.litewire.dialect;

import com.alibaba.druid.sql.ast.SQLCurrentTimeExpr;
import com.alibaba.druid.sql.ast.SQLDataType;
import com.alibaba.druid.sql.ast.SQLDataTypeRefExpr;
import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.expr.SQLAggregateExpr;
import com.alibaba.druid.sql.ast.expr.SQLAllColumnExpr;
import com.alibaba.druid.sql.ast.expr.SQLBetweenExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOpExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOpExprGroup;
import com.alibaba.druid.sql.ast.expr.SQLBooleanExpr;
import com.alibaba.druid.sql.ast.expr.SQLCaseExpr;
import com.alibaba.druid.sql.ast.expr.SQLCastExpr;
import com.alibaba.druid.sql.ast.expr.SQLCharExpr;
import com.alibaba.druid.sql.ast.expr.SQLDateExpr;
import com.alibaba.druid.sql.ast.expr.SQLDefaultExpr;
import com.alibaba.druid.sql.ast.expr.SQLExistsExpr;
import com.alibaba.druid.sql.ast.expr.SQLExtractExpr;
import com.alibaba.druid.sql.ast.expr.SQLIdentifierExpr;
import com.alibaba.druid.sql.ast.expr.SQLInListExpr;
import com.alibaba.druid.sql.ast.expr.SQLInSubQueryExpr;
import com.alibaba.druid.sql.ast.expr.SQLIntegerExpr;
import com.alibaba.druid.sql.ast.expr.SQLIntervalExpr;
import com.alibaba.druid.sql.ast.expr.SQLListExpr;
import com.alibaba.druid.sql.ast.expr.SQLMatchAgainstExpr;
import com.alibaba.druid.sql.ast.expr.SQLMethodInvokeExpr;
import com.alibaba.druid.sql.ast.expr.SQLNotExpr;
import com.alibaba.druid.sql.ast.expr.SQLNullExpr;
import com.alibaba.druid.sql.ast.expr.SQLPropertyExpr;
import com.alibaba.druid.sql.ast.expr.SQLQueryExpr;
import com.alibaba.druid.sql.ast.expr.SQLTimeExpr;
import com.alibaba.druid.sql.ast.expr.SQLTimestampExpr;
import com.alibaba.druid.sql.ast.expr.SQLUnaryExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Druid's expressions into ours; operators are in {@link OperatorReader}, calls in {@link CallReader}. */
final class ExpressionReader {
    private final QueryReader queries;
    private final OperatorReader operators;
    private final CallReader calls;

    ExpressionReader(QueryReader queries, boolean pipesAsConcat) {
        this.queries = queries;
        this.operators = new OperatorReader(this, queries, pipesAsConcat);
        this.calls = new CallReader(this, queries);
    }

    WindowReader windows() {
        return calls.windows();
    }

    @Nullable
    Expression readOptional(@Nullable SQLExpr expression) {
        return expression == null ? null : read(expression);
    }

    List<Expression> readAll(List<? extends SQLExpr> list) {
        List<Expression> read = new ArrayList<>(list.size());
        for (SQLExpr expression : list) {
            read.add(read(expression));
        }
        return List.copyOf(read);
    }

    Expression read(@Nullable SQLExpr expression) {
        return switch (expression) {
            case SQLIntegerExpr number -> number(number.getNumber().longValue());
            case SQLCharExpr text -> new Expression.Slot(slot(text.getText()));
            case SQLIdentifierExpr identifier -> collated(identifier);
            case SQLPropertyExpr property -> property(property);
            case SQLAllColumnExpr all ->
                new Expression.AllColumns(all.getOwner() == null ? null : Names.last(all.getOwner()));
            case SQLBinaryOpExpr binary -> operators.binary(binary);
            case SQLBinaryOpExprGroup group -> operators.group(group);
            case SQLAggregateExpr aggregate -> calls.aggregate(aggregate);
            case SQLMethodInvokeExpr call -> calls.call(call);
            case SQLUnaryExpr unary -> operators.unary(unary);
            case SQLNotExpr not -> new Expression.Unary("NOT", read(not.getExpr()));
            case SQLNullExpr _ -> new Expression.NullValue();
            case SQLBooleanExpr flag -> new Expression.Flag(Boolean.TRUE.equals(flag.getValue()));
            case SQLDefaultExpr _ -> new Expression.DefaultValue();
            case SQLInListExpr list ->
                new Expression.InList(read(list.getExpr()), readAll(list.getTargetList()), list.isNot());
            case SQLInSubQueryExpr in ->
                new Expression.InQuery(read(in.getExpr()), queries.read(in.getSubQuery()), in.isNot());
            case SQLBetweenExpr between ->
                new Expression.Between(
                        read(between.getTestExpr()),
                        read(between.getBeginExpr()),
                        read(between.getEndExpr()),
                        between.isNot());
            case SQLExistsExpr exists -> new Expression.Exists(queries.read(exists.getSubQuery()), exists.isNot());
            case SQLQueryExpr query -> new Expression.Scalar(queries.read(query.getSubQuery()));
            case SQLListExpr list -> row(list);
            case null -> throw new UnreadableShape("nothing");
            default -> readRarer(expression);
        };
    }

    private Expression readRarer(SQLExpr expression) {
        return switch (expression) {
            case SQLCaseExpr branches -> branches(branches);
            case SQLCastExpr cast -> cast(read(cast.getExpr()), cast.getDataType());
            case SQLIntervalExpr interval ->
                new Expression.Interval(
                        read(interval.getValue()), interval.getUnit().name().toUpperCase(Locale.ROOT));
            case SQLExtractExpr extract ->
                new Expression.Call(
                        "EXTRACT_" + extract.getUnit().name().toUpperCase(Locale.ROOT),
                        List.of(read(extract.getValue())));
            case SQLCurrentTimeExpr now -> new Expression.Call(now.getType().name(), List.of());
            case SQLDateExpr date -> new Expression.Temporal("DATE", slot(date.getValue()));
            case SQLTimeExpr time -> new Expression.Temporal("TIME", slot(String.valueOf(time.getValue())));
            case SQLTimestampExpr timestamp ->
                new Expression.Temporal("DATETIME", slot(String.valueOf(timestamp.getValue())));
            case SQLMatchAgainstExpr match ->
                new Expression.Match(
                        readAll(match.getColumns()),
                        read(match.getAgainst()),
                        match.getSearchModifier() != null
                                && match.getSearchModifier().name().contains("BOOLEAN"));
            default -> throw new UnreadableShape(expression);
        };
    }

    private static int slot(String text) {
        if (text.isEmpty() || text.charAt(0) != 's') {
            throw new UnreadableShape(text);
        }
        return Integer.parseInt(text.substring(1));
    }

    private static Expression number(long number) {
        if (number >= ShapeText.FIRST_SLOT) {
            return new Expression.Slot((int) (number - ShapeText.FIRST_SLOT));
        }
        if (-number >= ShapeText.FIRST_SLOT) {
            return new Expression.Unary("-", new Expression.Slot((int) (-number - ShapeText.FIRST_SLOT)));
        }
        return new Expression.Inline(number);
    }

    private static Expression identifier(String name) {
        if (name.startsWith("@@")) {
            String variable = name.substring(2).toLowerCase(Locale.ROOT);
            int point = variable.indexOf('.');
            boolean scoped = point > 0
                    && (variable.startsWith("session.")
                            || variable.startsWith("global.")
                            || variable.startsWith("local."));
            return scoped
                    ? new Expression.SystemVariable(variable.substring(0, point), variable.substring(point + 1))
                    : new Expression.SystemVariable("", variable);
        }
        if (name.startsWith("@")) {
            return new Expression.UserVariable(name.substring(1).toLowerCase(Locale.ROOT));
        }
        return new Expression.ColumnName(null, name);
    }

    /** Of all expressions only names keep their COLLATE to themselves. */
    private static Expression collated(SQLIdentifierExpr identifier) {
        Expression name = identifier(Names.plain(identifier.getName()));
        String collation = identifier.getCollate();
        return collation == null ? name : new Expression.Collate(name, Names.plain(collation));
    }

    private static Expression property(SQLPropertyExpr property) {
        String owner = Names.last(property.getOwner());
        if (property.getName().equals("*")) {
            return new Expression.AllColumns(owner);
        }
        return new Expression.ColumnName(owner, Names.plain(property.getName()));
    }

    private Expression row(SQLListExpr list) {
        List<Expression> items = readAll(list.getItems());
        return items.size() == 1 ? items.getFirst() : new Expression.Row(items);
    }

    private Expression branches(SQLCaseExpr branches) {
        List<Expression.Case.When> whens = new ArrayList<>();
        for (SQLCaseExpr.Item item : branches.getItems()) {
            whens.add(new Expression.Case.When(read(item.getConditionExpr()), read(item.getValueExpr())));
        }
        return new Expression.Case(readOptional(branches.getValueExpr()), whens, readOptional(branches.getElseExpr()));
    }

    Expression cast(Expression value, SQLDataType type) {
        List<SQLExpr> arguments = type.getArguments();
        int length = arguments.isEmpty() ? -1 : inline(arguments.getFirst());
        int scale = arguments.size() < 2 ? -1 : inline(arguments.get(1));
        return new Expression.Cast(value, type.getName().toUpperCase(Locale.ROOT), length, scale);
    }

    private int inline(SQLExpr expression) {
        if (read(expression) instanceof Expression.Inline(long value)) {
            return (int) value;
        }
        throw new UnreadableShape(expression);
    }

    SQLDataType dataType(SQLExpr expression) {
        if (expression instanceof SQLDataTypeRefExpr reference) {
            return reference.getDataType();
        }
        throw new UnreadableShape(expression);
    }
}
