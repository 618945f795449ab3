package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.SqlError;
import java.io.IOException;
import java.io.Serial;

/** The client broke the protocol: it is told the error, then the connection ends. */
final class ProtocolException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final SqlError error;

    ProtocolException(SqlError error) {
        super(error.getMessage());
        this.error = error;
    }

    SqlError error() {
        return error;
    }
}
