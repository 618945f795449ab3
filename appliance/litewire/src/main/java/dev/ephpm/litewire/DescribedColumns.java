package dev.ephpm.litewire;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a plan, which are the same at every run, together with the bytes that describe them to clients. Immutable and
 * thread-safe.
 */
public final class DescribedColumns extends AbstractList<Column> implements RandomAccess {
    private final List<Column> columns;
    private volatile byte @Nullable [] encoded;

    public DescribedColumns(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    @Override
    public Column get(int index) {
        return columns.get(index);
    }

    @Override
    public int size() {
        return columns.size();
    }

    /** What {@code encoder}, always the same one, makes of the columns; made once. Not to be changed. */
    public byte[] encoded(Function<List<Column>, byte[]> encoder) {
        byte[] made = encoded;
        if (made == null) {
            made = encoder.apply(columns);
            encoded = made;
        }
        return made;
    }
}
