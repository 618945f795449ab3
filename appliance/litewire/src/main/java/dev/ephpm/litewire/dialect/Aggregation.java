package dev.ephpm.litewire.dialect;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells whether a query without GROUP BY still makes one group of all rows. */
final class Aggregation {
    private Aggregation() {}

    static boolean isAggregated(Query.Select select) {
        Stream<Expression> items = select.items().stream().map(Query.Item::value);
        return items.anyMatch(Aggregation::contains) || contains(select.having());
    }

    /** Whether the query yields exactly one row, or none because of HAVING. */
    static boolean makesOneRow(Query.Select select) {
        return select.groupBy().isEmpty() && (select.from() == null || isAggregated(select));
    }

    private static boolean any(List<Expression> expressions) {
        return expressions.stream().anyMatch(Aggregation::contains);
    }

    private static boolean contains(@Nullable Expression expression) {
        return switch (expression) {
            case null -> false;
            case Expression.Aggregate aggregate -> aggregate.over() == null || any(aggregate.arguments());
            case Expression.Call call -> any(call.arguments());
            case Expression.Unary unary -> contains(unary.operand());
            case Expression.Binary binary -> contains(binary.left()) || contains(binary.right());
            case Expression.Like like -> contains(like.subject()) || contains(like.pattern());
            case Expression.Regexp regexp -> contains(regexp.subject());
            case Expression.InList in -> contains(in.subject()) || any(in.items());
            case Expression.InQuery in -> contains(in.subject());
            case Expression.Between between ->
                contains(between.subject()) || contains(between.low()) || contains(between.high());
            case Expression.Is is -> contains(is.subject());
            case Expression.Case branches ->
                contains(branches.operand())
                        || contains(branches.otherwise())
                        || branches.whens().stream().anyMatch(w -> contains(w.condition()) || contains(w.result()));
            case Expression.Cast cast -> contains(cast.value());
            case Expression.ConvertUsing convert -> contains(convert.value());
            case Expression.Collate collate -> contains(collate.value());
            case Expression.Interval interval -> contains(interval.value());
            case Expression.Row row -> any(row.items());
            case Expression.Assignment assignment -> contains(assignment.value());
            default -> false;
        };
    }
}
