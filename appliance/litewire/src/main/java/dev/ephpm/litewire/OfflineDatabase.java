package dev.ephpm.litewire;

import dev.ephpm.litewire.catalogue.Catalogue;
import dev.ephpm.litewire.catalogue.Schema;
import dev.ephpm.litewire.dialect.Dialect;
import dev.ephpm.litewire.protocol.Logins;
import dev.ephpm.litewire.protocol.PasswordVerifier;
import dev.ephpm.litewire.sqlite.DatabaseFile;
import dev.ephpm.litewire.sqlite.RemoteFunctions;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import dev.ephpm.litewire.sqlite.SqliteLibrary;
import dev.ephpm.litewire.statistics.SiteStatistics;
import dev.ephpm.litewire.statistics.SlowLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A database file opened by a command instead of a server, with one session that has autocommit off: what it writes is there
 * when {@link #commit()} returns. Other processes may have the same file open. One thread.
 */
public final class OfflineDatabase implements AutoCloseable {
    /** How long the command waits for a write of the running node. */
    private static final Duration WRITER_WAIT = Duration.ofMinutes(1);

    private final LocalDatabase database;
    private final SessionState session;
    private final StatementTimer timer;

    /**
     * Opens the file, creating it when it is absent. Throws {@link LitewireException} or {@link SqlError} when it cannot be
     * opened.
     *
     * @param databaseName the name statements know it by
     */
    public OfflineDatabase(DatabaseFile file, String databaseName, SqliteLibrary library) {
        SiteLogin login = new SiteLogin(
                "ephpm", file.path().toString(), file.path(), databaseName, PasswordVerifier.of("never asked for"));
        timer = new StatementTimer();
        LocalDatabase.Settings settings = new LocalDatabase.Settings(
                file.synchronous(),
                new SessionLimits.Defaults(WRITER_WAIT, Duration.ZERO, Duration.ZERO),
                1,
                Map.of(),
                LitewireMeter.none(),
                new SlowLog(new SlowLog.Settings(0, false, false)),
                timer);
        SiteStatistics statistics = new SiteStatistics(login.site(), false);
        database = new LocalDatabase(login, settings, file, library, new Beside(new MySqlEngine()), statistics);
        Logins.Client client =
                new Logins.Client(1, login.user(), "localhost", Optional.of(databaseName), false, () -> {});
        session = (SessionState) database.open(client);
        query("SET autocommit = 0", Discarding.SINK);
    }

    /** The engine of a process that is not the only one: what sessions of the node have in the file is not its to clean up. */
    private record Beside(SiteEngine engine) implements SiteEngine {
        @Override
        public Dialect dialect() {
            return engine.dialect();
        }

        @Override
        public void registerFunctions(Connection connection, Set<String> present) throws SQLException {
            engine.registerFunctions(connection, present);
        }

        @Override
        public RemoteFunctions remoteFunctions() {
            return engine.remoteFunctions();
        }

        @Override
        public void install(SqliteHandle database) throws SQLException {
            if (!Catalogue.isInstalled(database)) {
                engine.install(database);
            }
        }

        @Override
        public Schema load(SqliteHandle database) throws SQLException {
            return engine.load(database);
        }
    }

    /** A plan with the literals of the text it was made for. */
    public record Prepared(Plan plan, List<Literal> literals) {}

    /** Work inside the session's transaction. */
    @FunctionalInterface
    public interface Writing {
        /**
         * @param session what plans need to run
         * @param file the connection that writes
         */
        void run(Session session, SqliteHandle file) throws SQLException;
    }

    /** Calls it something else, for dumps of databases with other names. */
    public void rename(String databaseName) {
        database.rename(databaseName);
        session.useDatabase(databaseName);
    }

    public String name() {
        return session.databaseName();
    }

    /** Runs one statement. Throws {@link SqlError}. */
    public void query(String sql, ResultSink sink) {
        session.query(sql, sink);
    }

    /** Runs a statement whose answer does not matter. */
    public void execute(String sql) {
        session.query(sql, Discarding.SINK);
    }

    /** Plans a statement for the schema as it is now. Throws {@link SqlError}. */
    public Prepared prepare(String sql) {
        List<Prepared> prepared = new ArrayList<>(1);
        translating(() -> {
            Dialect.Normalised text = database.engine()
                    .dialect()
                    .normalise(sql, session.variables().sqlMode());
            prepared.add(new Prepared(session.runner().planNow(text), text.literals()));
        });
        return prepared.getFirst();
    }

    /** Runs a plan of a changing statement inside {@link #write}. */
    public static void run(Plan plan, List<Literal> literals, Session session, SqliteHandle file) throws SQLException {
        plan.run(new Execution(session, file, literals, Discarding.SINK));
    }

    /** Writes inside the open transaction, beginning one if need be. Throws {@link SqlError}. */
    public void write(Writing work) {
        translating(() -> session.transactions().writeFreely(connection -> work.run(session, connection)));
    }

    /** SQLite's errors become MySQL's; the caller's own pass. */
    private void translating(StatementRunner.Action action) {
        try {
            action.run();
        } catch (SQLException e) {
            throw SqliteErrors.translate(e, database);
        }
    }

    public void commit() {
        translating(() -> session.transactions().commit());
    }

    public void rollback() {
        session.transactions().rollback();
    }

    /** The value of a system variable. */
    public String variable(String name) {
        return session.variables().get(name).orElse("");
    }

    public SqlMode sqlMode() {
        return session.variables().sqlMode();
    }

    /** How many warnings there were since this was last asked. */
    public int takeWarnings() {
        int count = session.warnings().count();
        session.warnings().clear();
        return count;
    }

    /** The schema as the open transaction sees it. */
    public Schema schema() {
        List<Schema> schema = new ArrayList<>(1);
        translating(() -> session.transactions().read(connection -> schema.add(database.schemaOn(connection))));
        return schema.getFirst();
    }

    /** Whether there is such a table, as far as this session knows. */
    public boolean knows(String table) {
        List<Schema> schema = new ArrayList<>(1);
        translating(() -> schema.add(database.schema()));
        return schema.getFirst().table(table).isPresent();
    }

    /** To be called after a change of the file by other means than statements. */
    public void forgetSchema() {
        database.forgetSchema();
    }

    /** Rolls back what is not committed. */
    @Override
    public void close() {
        session.close();
        database.close();
        timer.close();
    }
}
