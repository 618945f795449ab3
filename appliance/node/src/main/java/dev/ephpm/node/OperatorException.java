package dev.ephpm.node;

import java.io.Serial;

/** Something the operator can put right: one sentence on the terminal, no stack trace, exit code 1. */
public final class OperatorException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public OperatorException(String message) {
        super(message);
    }

    public OperatorException(String message, Throwable cause) {
        super(message, cause);
    }
}
