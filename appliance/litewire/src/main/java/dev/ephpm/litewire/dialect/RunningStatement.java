package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Session;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.Warnings;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What SQL functions may know of the statement that calls them. SQLite calls them on the thread that steps the statement,
 * which is the session's thread, so a thread-local carries it.
 */
final class RunningStatement {
    private static final ThreadLocal<RunningStatement> CURRENT = new ThreadLocal<>();

    private static final Warnings SILENT = new Warnings() {
        @Override
        public void add(Level level, int number, String message) {
            // The same value has warned before.
        }

        @Override
        public int count() {
            return 0;
        }

        @Override
        public List<Warning> list() {
            return List.of();
        }

        @Override
        public void clear() {
            // Nothing is kept.
        }
    };

    private final Session session;
    private final List<StoredColumn> columns;
    private int row = 1;
    private long assignedId;
    private @Nullable SqlError failure;

    private RunningStatement(Session session, List<StoredColumn> columns) {
        this.session = session;
        this.columns = columns;
    }

    /** What a plan does with SQLite. */
    interface Work {
        void run(RunningStatement statement) throws SQLException;
    }

    /**
     * Runs a statement that stores into these columns; {@code mysql_store(n, value)} names them by index. When a function
     * failed with a MySQL error, that error is thrown instead of SQLite's.
     */
    static void run(Session session, List<StoredColumn> columns, Work work) throws SQLException {
        RunningStatement before = CURRENT.get();
        RunningStatement statement = new RunningStatement(session, columns);
        CURRENT.set(statement);
        try {
            work.run(statement);
        } catch (SQLException e) {
            if (statement.failure != null) {
                throw statement.failure;
            }
            throw e;
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    static RunningStatement current() {
        return Objects.requireNonNull(CURRENT.get(), "no statement is running on this thread");
    }

    /** Remembers why a function fails; SQLite would only pass on a text. */
    static void fail(SqlError error) {
        RunningStatement statement = CURRENT.get();
        if (statement != null) {
            statement.failure = error;
        }
    }

    /** What functions of another process are to know of the statement; empty when none is running on this thread. */
    static byte[] facts() {
        RunningStatement statement = CURRENT.get();
        return statement == null ? new byte[0] : StatementFacts.of(statement.columns, statement.row, statement.session);
    }

    /** What functions of another process left behind. */
    static void took(StatementFacts.Result result) {
        RunningStatement statement = current();
        for (int i = 0; i < result.warningCount() && !result.warnings().isEmpty(); i++) {
            // Those beyond the kept ones only count.
            Warnings.Warning warning =
                    result.warnings().get(Math.min(i, result.warnings().size() - 1));
            statement.session.warnings().add(warning.level(), warning.number(), warning.message());
        }
        if (result.assignedId() != null) {
            statement.assignId(result.assignedId());
        }
    }

    /** Throws when the statement that runs on this thread is to end. */
    static void check() {
        RunningStatement statement = CURRENT.get();
        if (statement != null) {
            statement.session.checkInterrupted();
        }
    }

    /** Adds a warning of the statement that runs on this thread, if one does. */
    static void warn(Warnings.Level level, int number, String message) {
        RunningStatement statement = CURRENT.get();
        if (statement != null) {
            statement.session.warnings().add(level, number, message);
        }
    }

    Session session() {
        return session;
    }

    /** {@code LAST_INSERT_ID(id)}: what the client gets as the statement's insert id. */
    void assignId(long id) {
        assignedId = id;
        session.setLastInsertId(id);
    }

    /** Zero when none was assigned. */
    long assignedId() {
        return assignedId;
    }

    void row(int number) {
        row = number;
    }

    @Nullable
    Object store(int column, @Nullable Object value) {
        return columns.get(column).store(value, row, session, session.warnings());
    }

    /** As {@link #store}, but silent. */
    @Nullable
    Object storeAgain(int column, @Nullable Object value) {
        return columns.get(column).store(value, row, session, SILENT);
    }
}
