package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Something about replication did not work; the message says action, subject and cause. */
public final class ReplicationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Code code;

    /** What a caller can tell apart. */
    public enum Code {
        /** The other side could not be reached, or did not answer in time. */
        UNREACHABLE,
        /** The other side does not know the site. */
        UNKNOWN_SITE,
        /** The other side answered with something else than its protocol. */
        PROTOCOL,
        /** An answer is larger than this side is willing to hold. */
        TOO_LARGE,
        /** Another node has the lease, or the epoch has moved on. */
        NOT_THE_HOLDER,
        /** The step cannot be done from the present state. */
        WRONG_STATE,
        /** A file could not be read, written or copied. */
        FILES,
        /** A certificate or key is not usable. */
        CREDENTIALS
    }

    public ReplicationException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = requireNonNull(code, "code is null");
    }

    public ReplicationException(Code code, String message) {
        this(code, message, null);
    }

    public Code code() {
        return code;
    }
}
