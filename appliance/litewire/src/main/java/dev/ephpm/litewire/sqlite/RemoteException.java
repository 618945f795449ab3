package dev.ephpm.litewire.sqlite;

import java.io.Serial;
import java.sql.SQLException;

/** A remote server refused a statement, or could not be asked. */
public final class RemoteException extends SQLException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** What is known of the statement. */
    public enum Kind {
        /** SQLite's own error: the message is SQLite's, the code its extended result code. */
        REFUSED,
        /** Nothing was changed: the server was not reached, or the transaction was not committed. */
        UNREACHABLE,
        /** The server does not know the stream any more; an open transaction has been rolled back. */
        ENDED,
        /** Whether the change was made is not known. */
        UNKNOWN
    }

    public RemoteException(Kind kind, String message) {
        this(kind, message, ResultCode.ERROR);
    }

    private RemoteException(Kind kind, String message, int extendedCode) {
        super(message, "HY000", extendedCode);
        this.kind = kind;
    }

    /**
     * @param message as the server words it
     * @param code the name of SQLite's result code as Hrana has it: {@code SQLITE_CONSTRAINT_UNIQUE}
     */
    public static RemoteException refused(String message, String code) {
        return new RemoteException(Kind.REFUSED, RemoteErrors.message(message), RemoteErrors.code(code, message));
    }

    public Kind kind() {
        return kind;
    }
}
