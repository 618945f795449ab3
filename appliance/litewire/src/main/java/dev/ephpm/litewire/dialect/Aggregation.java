package dev.ephpm.litewire.dialect;

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

    private static boolean contains(@Nullable Expression expression) {
        if (expression == null) {
            return false;
        }
        boolean aggregate = expression instanceof Expression.Aggregate call && call.over() == null;
        return aggregate || ExpressionParts.of(expression).stream().anyMatch(Aggregation::contains);
    }
}
