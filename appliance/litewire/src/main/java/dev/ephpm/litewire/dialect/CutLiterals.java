package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import java.util.AbstractList;
import java.util.RandomAccess;

/** The literals of one statement, which remember how each was written: columns without alias are named after it. */
final class CutLiterals extends AbstractList<Literal> implements RandomAccess {
    private final String sql;
    private final Literal[] literals;

    /** Where each begins and ends in the statement. */
    private final int[] spans;

    CutLiterals(String sql, Literal[] literals, int[] spans) {
        this.sql = sql;
        this.literals = literals;
        this.spans = spans;
    }

    @Override
    public Literal get(int index) {
        return literals[index];
    }

    @Override
    public int size() {
        return literals.length;
    }

    /** Whether it only pads an IN list. */
    boolean pads(int index) {
        return index > 0 && spans[2 * index] == spans[2 * index - 2];
    }

    String written(int index) {
        return sql.substring(spans[2 * index], spans[2 * index + 1]);
    }
}
