package dev.ephpm.litewire.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which rows of one table an UPDATE or DELETE means. */
final class RowSelection {
    private RowSelection() {}

    static boolean isLimited(List<Query.Order> orderBy, Query.@Nullable Limit limit) {
        return limit != null || !orderBy.isEmpty();
    }

    /** {@code rowid FROM … WHERE … ORDER BY … LIMIT …}, to follow a SELECT. */
    static String text(
            Translation translation,
            String from,
            String alias,
            @Nullable Expression where,
            List<Query.Order> orderBy,
            Query.@Nullable Limit limit,
            Scope scope) {
        StringBuilder sql =
                new StringBuilder(Sql.name(alias)).append(".rowid FROM ").append(from);
        if (where != null) {
            sql.append(" WHERE ")
                    .append(translation.expressions().condition(where, scope.in("WHERE", Scope.AliasRule.NEVER)));
        }
        String separator = " ORDER BY ";
        for (Query.Order order : orderBy) {
            Fragment key =
                    translation.expressions().translate(order.value(), scope.in("ORDER BY", Scope.AliasRule.NEVER));
            sql.append(separator).append(translation.queries().orderKey(key)).append(order.descending() ? " DESC" : "");
            separator = ", ";
        }
        if (limit != null) {
            sql.append(" LIMIT ")
                    .append(translation.forms().rows(translation.expressions().translate(limit.count(), scope)));
        }
        return sql.toString();
    }
}
