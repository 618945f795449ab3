package dev.ephpm.litewire.dump;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A dump could not be taken in or written; the message says where, why and what to do. The site's data are as before. */
public final class DumpException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public DumpException(String message) {
        super(message);
    }

    public DumpException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
