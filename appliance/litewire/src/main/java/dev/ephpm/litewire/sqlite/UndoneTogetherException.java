package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;

/** A write was undone because another, in the same transaction, made SQLite end it. Running it again is right. */
public final class UndoneTogetherException extends SQLException {
    private static final long serialVersionUID = 1;

    UndoneTogetherException() {
        super("undone together with the write of another connection");
    }
}
