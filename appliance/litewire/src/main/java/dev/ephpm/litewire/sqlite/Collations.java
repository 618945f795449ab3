package dev.ephpm.litewire.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.Collation;
import org.sqlite.Function;

/** MySQL's comparison rules in Java, twins of collations.c and like.c. */
final class Collations {
    private static final int DETERMINISTIC_AND_INNOCUOUS = Function.FLAG_DETERMINISTIC | 0x20_0000;
    private static final int NULL = 5;

    private Collations() {}

    static void register(Connection connection) throws SQLException {
        for (String name : CollationNames.tables()) {
            Collation.create(connection, name, new ByRules(name));
        }
        Collation.create(connection, CollationNames.BINARY_TEXT, new ByRules(CollationNames.BINARY_TEXT));
        Function.create(connection, "mysql_fold", new Fold(), 2, DETERMINISTIC_AND_INNOCUOUS);
        Function.create(connection, "mysql_like", new Like(), 4, DETERMINISTIC_AND_INNOCUOUS);
    }

    private static final class ByRules extends Collation {
        private final String name;
        private @Nullable CollationRules rules;

        ByRules(String name) {
            this.name = name;
        }

        @Override
        protected int xCompare(String left, String right) {
            CollationRules known = rules;
            if (known == null) {
                known = CollationRules.of(name);
                rules = known;
            }
            return known.compare(left, right);
        }
    }

    private static final class Fold extends Function {
        @Override
        protected void xFunc() throws SQLException {
            if (value_type(0) == NULL) {
                result();
                return;
            }
            result(CollationRules.of(value_text(1)).fold(value_text(0)));
        }
    }

    private static final class Like extends Function {
        @Override
        protected void xFunc() throws SQLException {
            if (value_type(0) == NULL || value_type(1) == NULL || value_type(2) == NULL) {
                result();
                return;
            }
            String escape = value_text(2);
            boolean matches = CollationRules.of(value_text(3))
                    .like(value_text(0), value_text(1), escape.isEmpty() ? -1 : escape.codePointAt(0));
            result(matches ? 1 : 0);
        }
    }
}
