package dev.ephpm.litewire.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that reads or changes rows. */
sealed interface Statement {
    /** SELECT; {@code locks} for FOR UPDATE and LOCK IN SHARE MODE. */
    record Read(Query query, boolean locks) implements Statement {}

    /** INSERT and REPLACE; either rows or a query. */
    record Insert(
            boolean replace,
            boolean ignore,
            Source.Named table,
            List<String> columns,
            List<List<Expression>> rows,
            @Nullable Query query,
            List<SetItem> onDuplicate)
            implements Statement {}

    record Update(
            boolean ignore,
            Source source,
            List<SetItem> items,
            @Nullable Expression where,
            List<Query.Order> orderBy,
            Query.@Nullable Limit limit)
            implements Statement {}

    /** DELETE; targets are names or aliases of tables in the source. */
    record Delete(
            boolean ignore,
            List<String> targets,
            Source source,
            @Nullable Expression where,
            List<Query.Order> orderBy,
            Query.@Nullable Limit limit)
            implements Statement {}

    record SetItem(Expression.ColumnName column, Expression value) {}
}
