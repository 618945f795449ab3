package dev.ephpm.litewire;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * The rows that statements write, as far as their text tells: the tables, and the values that find rows in them or are keys of
 * new ones. Used to tell whether two transactions write the same rows.
 *
 * @param tables by name; empty when nobody knows which are written
 * @param values literals that name rows
 * @param everything whether rows are written that no literal names
 */
public record Claim(Set<String> tables, Set<Object> values, boolean everything) {
    /** Rows that nobody knows. */
    public static final Claim UNKNOWN = new Claim(Set.of(), Set.of(), true);

    /** Whether both may write the same row. */
    boolean conflicts(Claim other) {
        if (tables.isEmpty() || other.tables.isEmpty()) {
            return true;
        }
        return !Collections.disjoint(tables, other.tables)
                && (everything || other.everything || !Collections.disjoint(values, other.values));
    }

    /** What both write together. */
    Claim and(Claim other) {
        if (tables.isEmpty() || other.tables.isEmpty()) {
            return UNKNOWN;
        }
        return new Claim(union(tables, other.tables), union(values, other.values), everything || other.everything);
    }

    private static <T> Set<T> union(Set<T> left, Set<T> right) {
        Set<T> both = new HashSet<>(left);
        both.addAll(right);
        return Set.copyOf(both);
    }
}
