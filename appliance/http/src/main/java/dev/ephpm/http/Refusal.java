package dev.ephpm.http;

import java.io.Serial;

/** A request that gets an error status instead of content. Thrown by guards; carries no stack trace, attackers cause many. */
final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int status;

    Refusal(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
