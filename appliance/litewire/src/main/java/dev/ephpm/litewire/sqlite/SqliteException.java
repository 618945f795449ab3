package dev.ephpm.litewire.sqlite;

import java.io.Serial;
import java.sql.SQLException;

/** An error SQLite reported. {@link #getErrorCode()} is the extended result code. */
public final class SqliteException extends SQLException {
    @Serial
    private static final long serialVersionUID = 1;

    private static final int PRIMARY_CODE = 0xff;

    SqliteException(String message, int extendedCode) {
        super(message, "HY000", extendedCode);
    }

    /** The result code without its extension, see {@link ResultCode}. */
    public int primaryCode() {
        return getErrorCode() & PRIMARY_CODE;
    }
}
