package dev.ephpm.litewire;

import dev.ephpm.litewire.catalogue.Schema;
import dev.ephpm.litewire.catalogue.Table;
import dev.ephpm.litewire.protocol.Logins;
import dev.ephpm.litewire.protocol.ServerSession;
import dev.ephpm.litewire.sqlite.DatabaseFile;
import dev.ephpm.litewire.sqlite.DatabasePool;
import dev.ephpm.litewire.sqlite.DatabaseSource;
import dev.ephpm.litewire.sqlite.FileSource;
import dev.ephpm.litewire.sqlite.ReplicaSource;
import dev.ephpm.litewire.sqlite.ReplicatedFile;
import dev.ephpm.litewire.sqlite.SqliteConnection;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import dev.ephpm.litewire.sqlite.SqliteLibrary;
import dev.ephpm.litewire.statistics.EndedStatement;
import dev.ephpm.litewire.statistics.SiteStatistics;
import dev.ephpm.litewire.statistics.SlowLog;
import dev.ephpm.litewire.statistics.StatementKind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database whose sessions read a file of this node; they write it, too, or the server whose copy it is. */
final class LocalDatabase implements SiteDatabase {
    private static final int MOST_STEPS = 50;

    /** Where EXPLAIN QUERY PLAN says what it does. */
    private static final int DETAIL = 3;

    /**
     * A client that says nothing for so long inside a transaction, while others wait, is taken to wait itself for another of
     * its connections. Between two statements of a busy machine there is less time than that.
     */
    private static final Duration SILENCE = Duration.ofMillis(500);

    private static final Duration LOOKING = Duration.ofMillis(100);

    private static final Logger log = LoggerFactory.getLogger(LocalDatabase.class);

    /** A kept snapshot saves time only while statements follow each other closely. */
    private static final Duration KEPT_SNAPSHOTS = Duration.ofSeconds(1);

    private volatile SiteLogin login;
    private final Settings settings;
    private final SiteEngine engine;
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final SiteStatistics statistics;
    private final DatabasePool pool;
    private final SiteNamedLocks locks = new SiteNamedLocks();
    private final Map<Long, SessionState> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger sessionCount = new AtomicInteger();
    private volatile @Nullable VersionedSchema schema;
    private volatile boolean resting = true;
    private volatile long usedNanos = System.nanoTime();

    LocalDatabase(
            SiteLogin login, Settings settings, SqliteLibrary library, SiteEngine engine, SiteStatistics statistics) {
        this(
                login,
                settings,
                new DatabaseFile(login.databaseFile(), settings.synchronous()),
                library,
                engine,
                statistics);
    }

    /** A database that is read from a replica's file and written through a server. */
    static LocalDatabase replicated(
            SiteLogin login,
            Settings settings,
            ReplicatedFile file,
            SqliteLibrary library,
            SiteEngine engine,
            SiteStatistics statistics) {
        DatabaseSource source = new ReplicaSource(library, file, engine::registerFunctions, engine.remoteFunctions());
        return new LocalDatabase(login, settings, source, engine, statistics);
    }

    LocalDatabase(
            SiteLogin login,
            Settings settings,
            DatabaseFile file,
            SqliteLibrary library,
            SiteEngine engine,
            SiteStatistics statistics) {
        this(login, settings, new FileSource(library, file, engine::registerFunctions), engine, statistics);
    }

    private LocalDatabase(
            SiteLogin login, Settings settings, DatabaseSource source, SiteEngine engine, SiteStatistics statistics) {
        this.login = login;
        this.settings = settings;
        this.engine = engine;
        this.statistics = statistics;
        this.pool = new DatabasePool(source, this::install);
    }

    /**
     * What all databases of a node share.
     *
     * @param synchronous SQLite's setting: off, normal or full
     * @param limits what new sessions may take
     * @param variables system variables that show the node's settings
     */
    record Settings(
            String synchronous,
            SessionLimits.Defaults limits,
            int mostSessions,
            Map<String, Supplier<String>> variables,
            LitewireMeter meter,
            SlowLog slowLog,
            StatementTimer timer) {}

    private record VersionedSchema(long sqliteVersion, Schema schema) {}

    private void install(SqliteConnection connection) throws SQLException {
        connection.execute("BEGIN IMMEDIATE");
        try {
            engine.install(connection);
            connection.execute("COMMIT");
        } finally {
            if (connection.inTransaction()) {
                connection.execute("ROLLBACK");
            }
        }
    }

    @Override
    public ServerSession open(Logins.Client client) {
        if (sessionCount.incrementAndGet() > settings.mostSessions()) {
            sessionCount.decrementAndGet();
            throw SqlErrorCode.TOO_MANY_USER_CONNECTIONS.with(client.user());
        }
        boolean opened = false;
        try {
            prepare();
            SessionState session = new SessionState(this, client);
            client.database().ifPresent(session::useDatabase);
            sessions.put(client.connectionId(), session);
            opened = true;
            return session;
        } finally {
            if (!opened) {
                sessionCount.decrementAndGet();
            }
        }
    }

    private void prepare() {
        resting = false;
        try {
            pool.prepareOnce();
        } catch (SQLException | LitewireException e) {
            log.error("the database of {} cannot be opened: {}", login.site(), e.getMessage());
            throw SqlErrorCode.UNKNOWN_ERROR.with("the database of this site cannot be opened: " + e.getMessage());
        }
    }

    void closed(SessionState session) {
        if (sessions.remove(session.connectionId(), session)) {
            sessionCount.decrementAndGet();
        }
    }

    SiteLogin login() {
        return login;
    }

    /** Gives the database another name, as a command may that works on it alone. */
    void rename(String databaseName) {
        login = new SiteLogin(login.user(), login.site(), login.databaseFile(), databaseName, login.password());
    }

    SiteEngine engine() {
        return engine;
    }

    SiteNamedLocks locks() {
        return locks;
    }

    SessionLimits.Defaults sessionDefaults() {
        return settings.limits();
    }

    Map<String, Supplier<String>> serverVariables() {
        return settings.variables();
    }

    StatementTimer timer() {
        return settings.timer();
    }

    LitewireMeter meter() {
        return settings.meter();
    }

    /** Counts a statement and takes it down when it was slow. */
    void ended(EndedStatement statement) {
        settings.meter().statement(statement.nanos());
        boolean slow = settings.slowLog().isSlow(statement.nanos());
        statistics.add(statement, slow);
        if (slow) {
            settings.slowLog().add(statistics, statement, this::explain);
        }
    }

    /** SQLite's query plan of a text it has been given, a line per step; empty for what has none. */
    private List<String> explain(String sql) {
        List<String> steps = new ArrayList<>();
        try {
            SqliteConnection reader = pool.takeReader();
            try (SqliteCursor cursor = reader.query("EXPLAIN QUERY PLAN " + sql, List.of())) {
                while (steps.size() < MOST_STEPS && cursor.next()) {
                    steps.add(String.valueOf(cursor.value(DETAIL)));
                }
            } finally {
                pool.giveBackReader(reader);
            }
        } catch (SQLException | LitewireException e) {
            log.debug("{}: no query plan of {}", login.site(), sql, e);
        }
        return steps;
    }

    void traffic(long bytesReceived, long bytesSent) {
        received.add(bytesReceived);
        sent.add(bytesSent);
    }

    /** What SHOW STATUS says of this site's statements. */
    Map<String, String> counters() {
        Map<String, String> counters = new TreeMap<>();
        Map<StatementKind, Long> kinds = statistics.kinds();
        for (StatementKind kind : StatementKind.values()) {
            // MariaDB counts each SHOW by itself.
            if (kind != StatementKind.OTHER && kind != StatementKind.SHOW) {
                counters.put(kind.variable(), String.valueOf(kinds.getOrDefault(kind, 0L)));
            }
        }
        counters.put("Bytes_received", String.valueOf(received.sum()));
        counters.put("Bytes_sent", String.valueOf(sent.sum()));
        String statements = String.valueOf(statistics.statements());
        counters.put("Queries", statements);
        counters.put("Questions", statements);
        counters.put("Rows_sent", String.valueOf(statistics.rowsSent()));
        counters.put("Slow_queries", String.valueOf(statistics.slow()));
        counters.put("Threads_connected", String.valueOf(sessions.size()));
        counters.put(
                "Threads_running",
                String.valueOf(sessions.values().stream()
                        .filter(session -> session.info().statement().isPresent())
                        .count()));
        return counters;
    }

    /** @param wanted the rows the session waits to write, asked by another thread while it waits */
    DatabaseSession databaseSession(Supplier<Claim> wanted) {
        resting = false;
        usedNanos = System.nanoTime();
        return new LocalDatabaseSession(pool, settings.limits().lockWait(), () -> hurry(wanted.get()));
    }

    /** Until it is cancelled, whoever has the writer and is silent is asked to step aside. */
    private Future<?> hurry(Claim wanted) {
        return settings.timer().every(LOOKING, () -> {
            for (SessionState session : sessions.values()) {
                if (session.stepAside(SILENCE.toNanos(), wanted)) {
                    return;
                }
            }
        });
    }

    /** The schema known last; loads it when there is none. It may be old: {@link #schemaOn} tells. */
    Schema schema() throws SQLException {
        VersionedSchema known = schema;
        return known == null ? freshSchema() : known.schema();
    }

    Schema freshSchema() throws SQLException {
        SqliteConnection reader = pool.takeReader();
        try {
            reader.beginSnapshot();
            return schemaOn(reader);
        } finally {
            pool.giveBackReader(reader);
        }
    }

    /** The schema as this connection sees it, also after another process has changed it. */
    Schema schemaOn(SqliteConnection connection) throws SQLException {
        long version = connection.schemaVersion();
        VersionedSchema known = schema;
        if (known != null && known.sqliteVersion() == version) {
            return known.schema();
        }
        Schema loaded = engine.load(connection);
        schema = new VersionedSchema(version, loaded);
        return loaded;
    }

    /** A table of the schema known last, for error messages. */
    Optional<Table> knownTable(String name) {
        VersionedSchema known = schema;
        return known == null ? Optional.empty() : known.schema().table(name);
    }

    /** To be called after a change of the schema, which may have touched the catalogue alone. */
    void forgetSchema() {
        schema = null;
    }

    void kill(long connectionId, boolean queryOnly) {
        SessionState session = sessions.get(connectionId);
        if (session == null) {
            throw SqlErrorCode.NO_SUCH_THREAD.with(connectionId);
        }
        session.interrupt(!queryOnly);
    }

    List<ConnectionInfo> connections() {
        return sessions.values().stream()
                .map(SessionState::info)
                .sorted(Comparator.comparingLong(ConnectionInfo::id))
                .toList();
    }

    @Override
    public void rest(Duration idle, Duration age) {
        long before = System.nanoTime() - age.toNanos();
        for (SessionState session : sessions.values()) {
            session.interruptIfLate();
            if (session.holdsWriterSince(before)) {
                log.warn(
                        "{}: connection {} held the writer for more than {}; it is disconnected and rolled back",
                        login.site(),
                        session.connectionId(),
                        age);
                session.interrupt(true);
            }
        }
        pool.endSnapshots(KEPT_SNAPSHOTS);
        resting = pool.closeIdle(idle);
    }

    @Override
    public boolean unused(Duration age) {
        return sessionCount.get() == 0 && resting && System.nanoTime() - usedNanos > age.toNanos();
    }

    @Override
    public void close() {
        sessions.values().forEach(session -> session.interrupt(true));
        pool.close();
    }
}
