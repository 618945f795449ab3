package dev.ephpm.litewire;

import java.io.Serial;

/** A statement failed in a way a MySQL client is told of; the session stays usable. */
public final class SqlError extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final SqlErrorCode code;
    private final String message;

    SqlError(SqlErrorCode code, String message) {
        // No stack trace: these are answers, not faults, and applications provoke thousands of them.
        super(message, null, false, false);
        this.code = code;
        this.message = message;
    }

    public SqlErrorCode code() {
        return code;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
