package dev.ephpm.config;

import java.io.Serial;

/** A value that its key does not allow; the loader turns it into a {@link Problem} with the place it came from. */
final class InvalidValueException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    InvalidValueException(String message) {
        super(message);
    }
}
