package dev.ephpm.litewire.dialect;

import org.jspecify.annotations.Nullable;

/** The arguments of a call of an SQL function. Indexes count from 0. */
interface Arguments {
    int count();

    boolean isNull(int index);

    /** As text; not for NULL. */
    String text(int index);

    double real(int index);

    long whole(int index);

    byte[] bytes(int index);

    /** The value; not for NULL. */
    default Object known(int index) {
        return java.util.Objects.requireNonNull(value(index), "NULL is answered before");
    }

    /** Null, Long, Double, String or byte[]. */
    @Nullable
    Object value(int index);
}
