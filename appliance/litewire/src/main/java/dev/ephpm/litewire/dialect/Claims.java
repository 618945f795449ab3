package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Claim;
import dev.ephpm.litewire.Literal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the literals of a statement tell of the rows it writes. */
final class Claims {
    private Claims() {}

    /** Rows found by some of these literals; all rows when there are none. */
    static Claim of(Set<String> tables, List<Literal> literals) {
        Set<Object> values = new HashSet<>();
        literals.forEach(literal -> values.addAll(value(literal)));
        return new Claim(tables, values, values.isEmpty());
    }

    /** The value as text, so that {@code 1} and {@code '1'} are the same; nothing for NULL and for bytes. */
    static Set<Object> value(Literal literal) {
        String text = literal instanceof Literal.Binary ? null : Conversion.text(literal);
        return text == null ? Set.of() : Set.of(text);
    }

    /** Whether a statement calls a function that waits. */
    static boolean waits(Compilation.Finished statement) {
        return statement.sql().contains("mysql_sleep(") || statement.sql().contains("mysql_get_lock(");
    }
}
