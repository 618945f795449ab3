package dev.ephpm.sqldmanager;

import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What sqld did not do, or may not have done. The message says action, subject and cause. */
public final class SqldException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final @Nullable HranaError error;

    SqldException(Reason reason, String message) {
        super(message);
        this.reason = reason;
        this.error = null;
    }

    SqldException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.error = null;
    }

    SqldException(String subject, HranaError error) {
        super(subject + ": " + error.message());
        this.reason = Reason.REFUSED;
        this.error = error;
    }

    public Reason reason() {
        return reason;
    }

    /** What SQLite or sqld said; present when a statement was {@link Reason#REFUSED}. */
    public Optional<HranaError> error() {
        return Optional.ofNullable(error);
    }

    /** What became of the request. */
    public enum Reason {
        /** sqld answered, and the answer is no: nothing of this request took effect. */
        REFUSED,
        /** Nothing was sent. */
        UNREACHABLE,
        /** Sent, and no answer in time or a broken one: a write may or may not have been done. Never retried here. */
        UNKNOWN_OUTCOME,
        /** The stream is gone, and with it an open transaction. */
        STREAM_ENDED,
        /** A limit of ours or of sqld is reached: nothing was done. */
        OVERLOADED,
        /** A name, file or setting that is not accepted. */
        INVALID,
        /** sqld cannot run here, or not now: platform, binary, lock, limits. */
        UNAVAILABLE
    }
}
