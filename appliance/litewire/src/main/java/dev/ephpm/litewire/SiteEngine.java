package dev.ephpm.litewire;

import dev.ephpm.litewire.catalogue.Schema;
import dev.ephpm.litewire.dialect.Dialect;
import dev.ephpm.litewire.sqlite.RemoteFunctions;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * The MySQL side of one site: its dialect and its catalogue. The server makes one per open site; tests bring their own.
 */
public interface SiteEngine {
    Dialect dialect();

    /**
     * Adds the functions generated SQL needs to a new connection.
     *
     * @param present names of those that are there already, in C
     */
    void registerFunctions(Connection connection, Set<String> present) throws SQLException;

    /** What functions of a server that writes a replicated database exchange with the statements that call them. */
    RemoteFunctions remoteFunctions();

    /** Adds the catalogue tables to a database that is opened for the first time. Runs in its own transaction. */
    void install(SqliteHandle database) throws SQLException;

    /** Reads the schema as it is now. */
    Schema load(SqliteHandle database) throws SQLException;

    /** Makes engines. */
    interface Factory {
        SiteEngine create();
    }
}
