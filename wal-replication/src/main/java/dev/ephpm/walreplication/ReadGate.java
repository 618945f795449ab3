package dev.ephpm.walreplication;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides before each read whether a site's file on this node may answer it. A handle on the file is bound to an identity:
 * ask {@link #identity()} before and after opening it, and take the handle only if both answers are the same.
 *
 * <p>Safe for use by many threads.
 */
public interface ReadGate {
    /** Which file is the database now; empty while there is none. */
    Optional<FileIdentity> identity();

    /**
     * Asked immediately before a read begins, that is before each transaction. Costs a few microseconds unless it has to wait
     * for {@code seen}.
     *
     * @param opened the file that the reader's handle is open on
     * @param seen what the reader has seen or written already, or null if nothing
     */
    Admission admit(FileIdentity opened, @Nullable Position seen);
}
