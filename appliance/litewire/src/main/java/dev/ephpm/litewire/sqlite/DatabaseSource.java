package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;
import java.util.Optional;

/** How the connections of one database come about. Thread-safe. */
public interface DatabaseSource {
    SqliteConnection reader() throws SQLException;

    SqliteConnection writer() throws SQLException;

    ReadGate gate();

    /**
     * Makes the file when it is missing and lets {@code opening} prepare it when that is this node's to do; gives a reader when
     * one came about with that.
     */
    Optional<SqliteConnection> prepare(DatabasePool.Opening opening) throws SQLException;
}
