package dev.ephpm.litewire;

import dev.ephpm.litewire.protocol.Logins;
import dev.ephpm.litewire.protocol.ServerSession;
import dev.ephpm.litewire.protocol.ServerStatus;
import dev.ephpm.litewire.sqlite.SqliteConnection;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The state of one MySQL connection. Used by its own thread; {@link #interrupt} and {@link #info} by any. */
final class SessionState implements Session, ServerSession {
    private static final String INFORMATION_SCHEMA = "information_schema";

    private final LocalDatabase database;
    private final Logins.Client client;
    private final DatabaseSession data;
    private final SessionTransactions transactions;
    private final SessionWarnings warnings = new SessionWarnings();
    private boolean reportsWarnings = true;
    private final SessionLimits limits;
    private final SessionVariables variables;
    private final Map<String, Object> userVariables = new HashMap<>();
    private final NamedLocks locks;
    private final StatementRunner runner;
    private final SessionPreparedStatements preparedStatements;
    private @Nullable String currentDatabase;
    private long lastInsertId;
    private long foundRows;
    private long rowCount;
    private final ResultCharset resultCharset = new ResultCharset();
    private long statementMicros;

    /** What SET timestamp says, or zero. */
    private long fixedMicros;

    private boolean closed;
    private final CurrentStatement current = new CurrentStatement();
    private @Nullable Future<?> timer;

    SessionState(LocalDatabase database, Logins.Client client) {
        this.database = database;
        this.client = client;
        this.data = database.databaseSession(this::wantedRows);
        this.limits = new SessionLimits(database.sessionDefaults(), warnings);
        this.variables = new SessionVariables(computedVariables(), this::setVariable);
        this.transactions = new SessionTransactions(
                data,
                () -> variables.on("foreign_key_checks"),
                () -> Isolation.of(variables.get("tx_isolation").orElse("")),
                this::repeat);
        this.locks = database.locks().of(client.connectionId(), current::check);
        this.runner = new StatementRunner(this, database, transactions);
        this.preparedStatements = new SessionPreparedStatements(this, runner);
    }

    private Map<String, Supplier<String>> computedVariables() {
        Map<String, Supplier<String>> computed = new HashMap<>(database.serverVariables());
        computed.putAll(limits.variables());
        computed.putAll(Map.of(
                "autocommit", () -> transactions().autocommit() ? "ON" : "OFF",
                "last_insert_id", () -> Long.toString(lastInsertId),
                "identity", () -> Long.toString(lastInsertId),
                "warning_count", () -> Integer.toString(warnings.count()),
                "error_count", () -> Long.toString(errorCount()),
                "in_transaction", () -> transactions().active() ? "1" : "0",
                "pseudo_thread_id", () -> Long.toString(client.connectionId()),
                "character_set_results", resultCharset::name,
                "timestamp", this::timestamp));
        return computed;
    }

    private String timestamp() {
        return "%d.%06d".formatted(statementMicros / 1_000_000, statementMicros % 1_000_000);
    }

    /** Zero stands for the clock's own time. */
    private static long micros(String timestamp) {
        if (timestamp.equalsIgnoreCase("DEFAULT")) {
            return 0;
        }
        try {
            return new BigDecimal(timestamp).movePointRight(6).longValue();
        } catch (NumberFormatException e) {
            throw SqlErrorCode.WRONG_VALUE_FOR_VARIABLE.with("timestamp", timestamp);
        }
    }

    /** Columns as this session's client gets them described. */
    List<Column> describe(List<Column> columns) {
        return resultCharset.describe(
                columns, variables.get("collation_connection").orElse("utf8mb4_unicode_ci"));
    }

    private long errorCount() {
        return warnings.list().stream()
                .filter(warning -> warning.level() == Warnings.Level.ERROR)
                .count();
    }

    private boolean setVariable(String name, String value) {
        return switch (name) {
            case "character_set_results" -> {
                resultCharset.set(value);
                yield true;
            }
            case "timestamp" -> {
                fixedMicros = micros(value);
                statementMicros = fixedMicros == 0 ? statementMicros : fixedMicros;
                yield true;
            }
            case "autocommit" -> {
                runner.translatingErrors(() -> transactions.setAutocommit(value.equals("ON")));
                yield true;
            }
            case "last_insert_id", "identity" -> {
                lastInsertId = Long.parseLong(value);
                yield true;
            }
            default -> limits.set(name, value);
        };
    }

    // What plans see.

    @Override
    public long connectionId() {
        return client.connectionId();
    }

    @Override
    public String databaseName() {
        return database.login().databaseName();
    }

    @Override
    public Optional<String> currentDatabase() {
        return Optional.ofNullable(currentDatabase);
    }

    @Override
    public void useDatabase(String name) {
        if (name.equals(databaseName())) {
            currentDatabase = name;
        } else if (name.equalsIgnoreCase(INFORMATION_SCHEMA)) {
            currentDatabase = INFORMATION_SCHEMA;
        } else {
            throw SqlErrorCode.DATABASE_ACCESS_DENIED.with(client.user(), client.host(), name);
        }
    }

    @Override
    public String user() {
        return client.user() + "@" + client.host();
    }

    @Override
    public SystemVariables variables() {
        return variables;
    }

    @Override
    public @Nullable Object userVariable(String name) {
        return userVariables.get(name);
    }

    @Override
    public void setUserVariable(String name, @Nullable Object value) {
        if (value == null) {
            userVariables.remove(name);
        } else {
            userVariables.put(name, value);
        }
    }

    @Override
    public long lastInsertId() {
        return lastInsertId;
    }

    @Override
    public void setLastInsertId(long id) {
        lastInsertId = id;
    }

    @Override
    public long foundRows() {
        return foundRows;
    }

    @Override
    public void setFoundRows(long rows) {
        foundRows = rows;
    }

    @Override
    public long rowCount() {
        return rowCount;
    }

    @Override
    public boolean countsFoundRows() {
        return client.countsFoundRows();
    }

    @Override
    public Warnings warnings() {
        return warnings;
    }

    @Override
    public SessionTransactions transactions() {
        return transactions;
    }

    @Override
    public NamedLocks locks() {
        return locks;
    }

    @Override
    public SessionPreparedStatements preparedStatements() {
        return preparedStatements;
    }

    @Override
    public void kill(long connectionId, boolean queryOnly) {
        database.kill(connectionId, queryOnly);
    }

    @Override
    public List<ConnectionInfo> connections() {
        return database.connections();
    }

    @Override
    public Map<String, String> counters() {
        return database.counters();
    }

    @Override
    public void temporaryTable(String name) {
        runner.temporaryTable(name);
    }

    @Override
    public long statementMicros() {
        return statementMicros;
    }

    @Override
    public void sleep(Duration time) {
        current.sleep(time);
    }

    @Override
    public void checkInterrupted() {
        current.check();
    }

    // What the conversation does.

    @Override
    public Duration idleTimeout() {
        return limits.idle();
    }

    @Override
    public List<String> split(String sql) {
        return database.engine().dialect().split(sql, variables.sqlMode());
    }

    @Override
    public void query(String sql, ResultSink sink) {
        runner.query(sql, sink);
    }

    @Override
    public Prepared prepare(String sql) {
        return runner.prepare(sql);
    }

    @Override
    public void execute(Prepared statement, List<Literal> parameters, ResultSink sink) {
        runner.execute(statement, parameters, sink);
    }

    @Override
    public void kill(long connectionId) {
        kill(connectionId, false);
    }

    @Override
    public void traffic(long received, long sent) {
        database.traffic(received, sent);
    }

    @Override
    public int status() {
        return (transactions.autocommit() ? ServerStatus.AUTOCOMMIT : 0)
                | (transactions.active() ? ServerStatus.IN_TRANSACTION : 0)
                | (variables.sqlMode().noBackslashEscapes() ? ServerStatus.NO_BACKSLASH_ESCAPES : 0);
    }

    @Override
    public boolean wantsBytes() {
        return variables.get("character_set_results").filter("binary"::equals).isPresent();
    }

    @Override
    public int warningCount() {
        return reportsWarnings ? warnings.count() : 0;
    }

    /** A statement that shows the warnings of the one before has none itself. */
    void reportWarnings(boolean reports) {
        reportsWarnings = reports;
    }

    private long repeat(TransactionLog.Step.Statement step, SqliteConnection connection) throws SQLException {
        return runner.repeat(step, connection);
    }

    @Override
    public void reset() {
        transactions.enter();
        try {
            resetAll();
        } finally {
            transactions.leave();
        }
    }

    private void resetAll() {
        transactions.rollback();
        runner.translatingErrors(() -> transactions.setAutocommit(true));
        runner.dropTemporaryTables();
        variables.reset();
        limits.reset();
        resultCharset.reset();
        fixedMicros = 0;
        warnings.clear();
        userVariables.clear();
        preparedStatements.clear();
        var _ = locks.releaseAll();
        lastInsertId = 0;
        foundRows = 0;
        rowCount = 0;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            transactions.enter();
            try {
                transactions.rollback();
                runner.dropTemporaryTables();
            } finally {
                transactions.leave();
                var _ = locks.releaseAll();
                database.closed(this);
            }
        }
    }

    StatementRunner runner() {
        return runner;
    }

    // Around each statement.

    void begin(String text, long nowNanos) {
        Instant now = Instant.now();
        statementMicros = fixedMicros != 0 ? fixedMicros : now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
        TimeLimit limit = limits.of(text);
        current.begin(text, nowNanos, limit);
        data.lockWait(limits.lockWait());
        timer = database.timer().start(limit, this::interruptIfLate);
        transactions.enter();
    }

    void end(long rows, long nowNanos) {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        rowCount = rows;
        current.end(nowNanos);
        transactions.leave();
    }

    /** Something inside a statement that must leave no trace in the session, with NOW() as given. */
    void unchanged(long micros, StatementRunner.Action work) throws SQLException {
        long idBefore = lastInsertId;
        long foundBefore = foundRows;
        long microsBefore = statementMicros;
        statementMicros = micros;
        try {
            work.run();
        } finally {
            statementMicros = microsBefore;
            lastInsertId = idBefore;
            foundRows = foundBefore;
            warnings.clear();
        }
    }

    CurrentStatement current() {
        return current;
    }

    /** Nanoseconds spent waiting for the writer since the last call. */
    long takeLockNanos() {
        return data.takeLockNanos();
    }

    // What other threads do.

    private Claim wantedRows() {
        return transactions.wanted();
    }

    /** See {@link SessionTransactions#stepAside}. */
    boolean stepAside(long silentNanos, Claim wanted) {
        return transactions.stepAside(silentNanos, wanted);
    }

    boolean holdsWriterSince(long nanos) {
        return transactions.holdsWriterSince(nanos);
    }

    /** Ends the running statement with 1317, and the connection when {@code disconnect}. */
    void interrupt(boolean disconnect) {
        if (current.interrupt(SqlErrorCode.QUERY_INTERRUPTED)) {
            data.interrupt();
            database.locks().wake();
        }
        if (disconnect) {
            client.disconnect().run();
        }
    }

    /** Ends the running statement when it has had its time, or was told before to end: between two steps SQLite does not hear. */
    void interruptIfLate() {
        if (current.interruptIfLate(System.nanoTime()) || current.isInterrupted()) {
            data.interrupt();
            database.locks().wake();
        }
    }

    ConnectionInfo info() {
        CurrentStatement.Activity now = current.activity();
        return new ConnectionInfo(
                client.connectionId(),
                client.user(),
                client.host(),
                currentDatabase(),
                now.text().isPresent() ? "Query" : "Sleep",
                (System.nanoTime() - now.sinceNanos()) / 1_000_000_000,
                now.text());
    }
}
