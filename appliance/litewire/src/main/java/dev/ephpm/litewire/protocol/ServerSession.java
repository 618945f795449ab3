package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.ResultSink;
import dev.ephpm.litewire.SqlError;
import java.time.Duration;
import java.util.List;

/**
 * What one logged-in connection talks to. Used by the connection's own thread. Every method may throw {@link SqlError}, which
 * the client is told; other exceptions end the connection.
 */
public interface ServerSession extends AutoCloseable {
    /** USE. */
    void useDatabase(String name);

    /** Text into single statements. */
    List<String> split(String sql);

    /** Runs one statement; when it returns, everything is committed that is to be. */
    void query(String sql, ResultSink sink);

    Prepared prepare(String sql);

    /** Runs a prepared statement; one value per parameter. */
    void execute(Prepared statement, List<Literal> parameters, ResultSink sink);

    /** COM_RESET_CONNECTION: rolls back and forgets all state but the login and the database in use. */
    void reset();

    void kill(long connectionId);

    /** How long the server waits for the next command before it ends the connection. */
    Duration idleTimeout();

    /** {@link ServerStatus} flags as they are now. */
    int status();

    /** Counts bytes of a command and its answer. */
    default void traffic(long received, long sent) {}

    /** Whether the client asked for text as bytes ({@code SET NAMES binary}). */
    default boolean wantsBytes() {
        return false;
    }

    /** Warnings of the last statement. */
    int warningCount();

    /** Rolls back and releases everything. */
    @Override
    void close();

    /** A statement the session can run again; {@code columns} as far as they are known before a run. */
    interface Prepared {
        int parameterCount();

        List<Column> columns();
    }
}
