package dev.ephpm.litewire.dialect;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.SQLOver;
import com.alibaba.druid.sql.ast.SQLWindow;
import com.alibaba.druid.sql.ast.expr.SQLAggregateExpr;
import dev.ephpm.litewire.SqlErrorCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Druid's windows into ours; {@code OVER name} gets what the WINDOW clause of its query defines. */
final class WindowReader {
    private final ExpressionReader expressions;
    private final QueryReader queries;
    private final Deque<Map<String, SQLOver>> named = new ArrayDeque<>();

    WindowReader(ExpressionReader expressions, QueryReader queries) {
        this.expressions = expressions;
        this.queries = queries;
    }

    /** Reads a query whose WINDOW clause is given. */
    <T> T within(@Nullable List<SQLWindow> windows, Supplier<T> reading) {
        named.push(
                windows == null
                        ? Map.of()
                        : windows.stream()
                                .collect(Collectors.toMap(w -> key(w.getName()), SQLWindow::getOver, (a, _) -> a)));
        try {
            return reading.get();
        } finally {
            named.pop();
        }
    }

    private static String key(SQLExpr name) {
        return Names.last(name).toLowerCase(Locale.ROOT);
    }

    /** Null for an aggregate that is no window function. */
    Expression.@Nullable Window of(SQLAggregateExpr aggregate) {
        if (aggregate.getOver() != null) {
            return window(aggregate.getOver());
        }
        if (aggregate.getOverRef() == null) {
            return null;
        }
        SQLOver found = named.isEmpty() ? null : named.peek().get(key(aggregate.getOverRef()));
        if (found == null) {
            throw SqlErrorCode.NO_SUCH_WINDOW.with(Names.last(aggregate.getOverRef()));
        }
        return window(found);
    }

    private Expression.Window window(SQLOver over) {
        return new Expression.Window(
                expressions.readAll(over.getPartitionBy()), queries.orders(over.getOrderBy()), frame(over));
    }

    private Expression.@Nullable Frame frame(SQLOver over) {
        if (over.getWindowingType() == null) {
            return null;
        }
        Expression.Bound begin = bound(over.getWindowingBetweenBegin(), over.getWindowingBetweenBeginBound());
        if (begin == null) {
            throw new UnreadableShape(over);
        }
        return new Expression.Frame(
                over.getWindowingType().name(),
                begin,
                bound(over.getWindowingBetweenEnd(), over.getWindowingBetweenEndBound()));
    }

    private Expression.@Nullable Bound bound(@Nullable SQLExpr offset, SQLOver.@Nullable WindowingBound bound) {
        return bound == null
                ? null
                : new Expression.Bound(
                        expressions.readOptional(offset), bound.name().replace('_', ' '));
    }
}
