package dev.ephpm.litewire.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that yields rows. */
sealed interface Query {
    /** One SELECT. */
    record Select(
            boolean distinct,
            boolean countsRows,
            List<Item> items,
            @Nullable Source from,
            @Nullable Expression where,
            List<Order> groupBy,
            boolean rollup,
            @Nullable Expression having,
            List<Order> orderBy,
            @Nullable Limit limit)
            implements Query {}

    /** UNION and its kin; the operator as SQLite writes it. */
    record Compound(
            String operator,
            List<Query> parts,
            List<Order> orderBy,
            @Nullable Limit limit) implements Query {}

    /** WITH. */
    record With(boolean recursive, List<Common> tables, Query body) implements Query {
        /** One common table expression. */
        record Common(String name, List<String> columns, Query query) {}
    }

    /**
     * One result column.
     *
     * @param name its name without placeholders, or null for {@code *}
     * @param aliased whether the statement gave the name
     */
    record Item(Expression value, @Nullable Name name, boolean aliased) {}

    record Order(Expression value, boolean descending) {}

    record Limit(Expression count, @Nullable Expression offset) {}
}
