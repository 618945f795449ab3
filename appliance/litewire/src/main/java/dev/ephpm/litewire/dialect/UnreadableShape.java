package dev.ephpm.litewire.dialect;

import java.io.Serial;

/** Druid accepted something that is not MySQL, or that has no counterpart in our tree. */
final class UnreadableShape extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    UnreadableShape(Object node) {
        super("cannot read " + node.getClass().getSimpleName(), null, false, false);
    }
}
