package dev.ephpm.litewire;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The MySQL front end cannot start or cannot use a site's database; the message says what to do. */
public final class LitewireException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public LitewireException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
