package dev.ephpm.litewire.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in a FROM clause. */
sealed interface Source {
    /** A table; the alias is the table's name unless another is given. */
    record Named(@Nullable String database, String table, String alias) implements Source {}

    /** A subquery. */
    record Derived(Query query, String alias, List<String> columns) implements Source {}

    record Join(
            Kind kind, Source left, Source right, @Nullable Expression on, List<String> using, boolean natural)
            implements Source {}

    /** How two sources meet. */
    enum Kind {
        COMMA(", "),
        INNER(" JOIN "),
        LEFT(" LEFT JOIN "),
        RIGHT(" RIGHT JOIN "),
        CROSS(" CROSS JOIN ");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
