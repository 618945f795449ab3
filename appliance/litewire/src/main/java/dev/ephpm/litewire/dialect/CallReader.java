package dev.ephpm.litewire.dialect;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.expr.SQLAggregateExpr;
import com.alibaba.druid.sql.ast.expr.SQLAggregateOption;
import com.alibaba.druid.sql.ast.expr.SQLMethodInvokeExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Druid's function calls into ours. */
final class CallReader {
    /** Aggregates that Druid takes for ordinary functions. */
    private static final Set<String> AGGREGATES = Set.of(
            "COUNT",
            "SUM",
            "AVG",
            "MIN",
            "MAX",
            "GROUP_CONCAT",
            "BIT_OR",
            "BIT_AND",
            "BIT_XOR",
            "STD",
            "STDDEV",
            "STDDEV_POP",
            "STDDEV_SAMP",
            "VARIANCE",
            "VAR_POP",
            "VAR_SAMP",
            "JSON_ARRAYAGG",
            "JSON_OBJECTAGG",
            "ANY_VALUE");

    private final ExpressionReader expressions;
    private final QueryReader queries;
    private final WindowReader windows;

    CallReader(ExpressionReader expressions, QueryReader queries) {
        this.expressions = expressions;
        this.queries = queries;
        this.windows = new WindowReader(expressions, queries);
    }

    WindowReader windows() {
        return windows;
    }

    static boolean isAggregate(String capitals) {
        return AGGREGATES.contains(capitals);
    }

    Expression aggregate(SQLAggregateExpr aggregate) {
        String name = capitals(aggregate.getMethodName());
        Expression.Window over = windows.of(aggregate);
        if (!isAggregate(name) && over == null) {
            return call(aggregate);
        }
        return new Expression.Aggregate(
                name,
                expressions.readAll(aggregate.getArguments()),
                aggregate.getOption() == SQLAggregateOption.DISTINCT,
                queries.orders(aggregate.getOrderBy()),
                aggregate.getAttribute("SEPARATOR") instanceof SQLExpr separator ? expressions.read(separator) : null,
                over);
    }

    private static String capitals(String name) {
        return Names.plain(name).toUpperCase(Locale.ROOT);
    }

    Expression call(SQLMethodInvokeExpr call) {
        String name = capitals(call.getMethodName());
        if (call.getOwner() != null) {
            throw new UnreadableShape(call);
        }
        if (name.equals("CONVERT")) {
            return convert(call);
        }
        if (name.equals("GET_FORMAT") && call.getArguments().size() == 2) {
            String kind =
                    "GET_FORMAT_" + capitals(Names.last(call.getArguments().getFirst()));
            return new Expression.Call(
                    kind, List.of(expressions.read(call.getArguments().get(1))), Names.plain(call.getMethodName()));
        }
        List<Expression> arguments = new ArrayList<>(expressions.readAll(call.getArguments()));
        if (name.equals("CHAR") && call.getUsing() != null) {
            boolean unicode = Names.last(call.getUsing()).startsWith("utf8");
            return new Expression.Call(unicode ? "CHAR_USING_UTF8" : "CHAR_USING", List.copyOf(arguments));
        }
        if (name.equals("ROW")) {
            return new Expression.Row(List.copyOf(arguments));
        }
        if (name.equals("TRIM")) {
            return trim(call, arguments);
        }
        if (call.getFrom() != null) {
            arguments.add(expressions.read(call.getFrom()));
        }
        if (call.getFor() != null) {
            arguments.add(expressions.read(call.getFor()));
        }
        if (isAggregate(name)) {
            return new Expression.Aggregate(name, List.copyOf(arguments), false, List.of(), null, null);
        }
        return new Expression.Call(name, List.copyOf(arguments), Names.plain(call.getMethodName()));
    }

    private Expression convert(SQLMethodInvokeExpr call) {
        Expression value = expressions.read(call.getArguments().getFirst());
        if (call.getUsing() != null) {
            return new Expression.ConvertUsing(value, Names.last(call.getUsing()));
        }
        if (call.getArguments().size() != 2) {
            throw new UnreadableShape(call);
        }
        return expressions.cast(value, expressions.dataType(call.getArguments().get(1)));
    }

    /** {@code TRIM([LEADING|TRAILING|BOTH] [what] FROM text)}. */
    private Expression trim(SQLMethodInvokeExpr call, List<Expression> arguments) {
        String side = call.getTrimOption() == null ? "BOTH" : capitals(call.getTrimOption());
        if (call.getFrom() == null) {
            return new Expression.Call("TRIM_" + side, List.copyOf(arguments));
        }
        List<Expression> all = new ArrayList<>();
        all.add(expressions.read(call.getFrom()));
        all.addAll(arguments);
        return new Expression.Call("TRIM_" + side, List.copyOf(all));
    }
}
