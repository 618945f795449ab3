package dev.ephpm.phpbridge;

import java.io.Serial;

/** A request PHP did not answer, or an engine that cannot start. */
public final class PhpException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Reason reason;

    public PhpException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public PhpException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What went wrong, each with one HTTP answer. */
    public enum Reason {
        /** Queue full or wait too long: 503 with Retry-After. */
        OVERLOADED,
        /** Over the time limit: 504. */
        TIMED_OUT,
        /** The worker died: 502. */
        WORKER_DIED,
        /** Not started, stopping, or PHP cannot be loaded: 503. */
        UNAVAILABLE,
        /** The request cannot be passed on (too many or too large variables): 431. */
        TOO_LARGE
    }
}
