package dev.ephpm.litewire;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of one MySQL connection that plans read and change. Used by the connection's own thread only.
 */
public interface Session {
    long connectionId();

    /** The database's name as clients see it. */
    String databaseName();

    /** The database in use (the only one there is), or empty before USE. */
    Optional<String> currentDatabase();

    /** USE: 1044 for any name but the site's own. */
    void useDatabase(String name);

    /** {@code user@host} as CURRENT_USER() gives it. */
    String user();

    SystemVariables variables();

    /** A user variable {@code @name}, in lower case without the at sign; null when unset. */
    @Nullable
    Object userVariable(String name);

    void setUserVariable(String name, @Nullable Object value);

    long lastInsertId();

    void setLastInsertId(long id);

    long foundRows();

    void setFoundRows(long rows);

    /** ROW_COUNT() of the statement before: −1 after a result set or an error. */
    long rowCount();

    /** Whether the client asked for matched instead of changed rows (CLIENT_FOUND_ROWS). */
    boolean countsFoundRows();

    Warnings warnings();

    Transactions transactions();

    /** GET_LOCK, RELEASE_LOCK, IS_USED_LOCK. */
    NamedLocks locks();

    /** PREPARE, EXECUTE, DEALLOCATE. */
    SqlPreparedStatements preparedStatements();

    /** KILL [CONNECTION | QUERY] of a connection of the same site; 1094 when there is none with this id. */
    void kill(long connectionId, boolean queryOnly);

    /** The site's connections, this one among them, by id. */
    List<ConnectionInfo> connections();

    /** What SHOW STATUS says of the site's statements, by name. */
    default Map<String, String> counters() {
        return Map.of();
    }

    /**
     * A table of CREATE TEMPORARY TABLE by the name the client gave: the session drops it ({@code DROP TEMPORARY TABLE IF
     * EXISTS}) when it ends or is reset. What a crash leaves behind goes when the file is opened next.
     */
    default void temporaryTable(String name) {}

    /** SLEEP(). Throws 1317 or what else the statement is ended with. */
    void sleep(Duration time);

    /** Throws what the running statement is to end with, if it is: 1317, 1969, 3024. */
    default void checkInterrupted() {}

    /** Microseconds since the epoch, the same for every NOW() of one statement. */
    long statementMicros();
}
