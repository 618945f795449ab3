package dev.ephpm.litewire.dialect;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.SQLStatement;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOpExpr;
import com.alibaba.druid.sql.ast.statement.SQLInsertStatement.ValuesClause;
import com.alibaba.druid.sql.ast.statement.SQLReplaceStatement;
import com.alibaba.druid.sql.ast.statement.SQLSelectStatement;
import com.alibaba.druid.sql.ast.statement.SQLTableSource;
import com.alibaba.druid.sql.ast.statement.SQLUpdateSetItem;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlDeleteStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlInsertStatement;
import com.alibaba.druid.sql.dialect.mysql.ast.statement.MySqlUpdateStatement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Druid's statements into ours. */
final class StatementReader {
    private final QueryReader queries;
    private final ExpressionReader expressions;

    StatementReader(ShapeText shape, boolean pipesAsConcat) {
        queries = new QueryReader(shape, pipesAsConcat);
        expressions = queries.expressions();
    }

    Statement read(SQLStatement statement) {
        return switch (statement) {
            case SQLSelectStatement select -> {
                Query query = queries.read(select.getSelect());
                yield new Statement.Read(query, queries.locks());
            }
            case MySqlInsertStatement insert -> insert(insert);
            case SQLReplaceStatement replace -> replace(replace);
            case MySqlUpdateStatement update -> update(update);
            case MySqlDeleteStatement delete -> delete(delete);
            default -> throw new UnreadableShape(statement);
        };
    }

    private Statement insert(MySqlInsertStatement insert) {
        return new Statement.Insert(
                false,
                insert.isIgnore(),
                table(insert.getTableSource()),
                columns(insert.getColumns()),
                rows(insert.getValuesList()),
                insert.getQuery() == null ? null : queries.read(insert.getQuery()),
                insert.getDuplicateKeyUpdate().stream().map(this::setItem).toList());
    }

    private Statement replace(SQLReplaceStatement replace) {
        return new Statement.Insert(
                true,
                false,
                table(replace.getTableSource()),
                columns(replace.getColumns()),
                rows(replace.getValuesList()),
                replace.getQuery() == null
                        ? null
                        : queries.read(replace.getQuery().getSubQuery()),
                List.of());
    }

    private Source.Named table(SQLTableSource source) {
        if (queries.source(source) instanceof Source.Named named) {
            return named;
        }
        throw new UnreadableShape(source);
    }

    private static List<String> columns(List<SQLExpr> columns) {
        return columns.stream().map(Names::last).toList();
    }

    private List<List<Expression>> rows(List<ValuesClause> clauses) {
        List<List<Expression>> rows = new ArrayList<>(clauses.size());
        for (ValuesClause clause : clauses) {
            List<Expression> row = new ArrayList<>();
            for (Object value : clause.getValues()) {
                row.add(expressions.read((SQLExpr) value));
            }
            rows.add(List.copyOf(row));
        }
        return rows;
    }

    private Statement.SetItem setItem(SQLExpr expression) {
        if (expression instanceof SQLBinaryOpExpr assignment
                && expressions.read(assignment.getLeft()) instanceof Expression.ColumnName column) {
            return new Statement.SetItem(column, expressions.read(assignment.getRight()));
        }
        throw new UnreadableShape(expression);
    }

    private Statement update(MySqlUpdateStatement update) {
        List<Statement.SetItem> items = new ArrayList<>();
        for (SQLUpdateSetItem item : update.getItems()) {
            if (!(expressions.read(item.getColumn()) instanceof Expression.ColumnName column)) {
                throw new UnreadableShape(item.getColumn());
            }
            items.add(new Statement.SetItem(column, expressions.read(item.getValue())));
        }
        return new Statement.Update(
                update.isIgnore(),
                queries.source(update.getTableSource()),
                List.copyOf(items),
                expressions.readOptional(update.getWhere()),
                queries.orders(update.getOrderBy()),
                queries.limit(update.getLimit()));
    }

    private Statement delete(MySqlDeleteStatement delete) {
        SQLTableSource from = delete.getUsing() != null ? delete.getUsing() : delete.getFrom();
        Source named = queries.source(delete.getTableSource());
        List<String> targets = new ArrayList<>();
        collectNames(named, targets);
        return new Statement.Delete(
                delete.isIgnore(),
                targets,
                from == null ? named : queries.source(from),
                expressions.readOptional(delete.getWhere()),
                queries.orders(delete.getOrderBy()),
                queries.limit(delete.getLimit()));
    }

    private static void collectNames(@Nullable Source source, List<String> names) {
        switch (source) {
            case Source.Named table -> names.add(table.alias());
            case Source.Join join -> {
                collectNames(join.left(), names);
                collectNames(join.right(), names);
            }
            case null -> throw new UnreadableShape("no table");
            case Source.Derived derived -> throw new UnreadableShape(derived);
        }
    }
}
