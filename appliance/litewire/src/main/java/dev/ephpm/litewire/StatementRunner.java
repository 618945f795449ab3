package dev.ephpm.litewire;

import dev.ephpm.litewire.catalogue.Schema;
import dev.ephpm.litewire.dialect.Dialect;
import dev.ephpm.litewire.protocol.ServerSession;
import dev.ephpm.litewire.sqlite.SqliteConnection;
import dev.ephpm.litewire.sqlite.UndoneTogetherException;
import dev.ephpm.litewire.statistics.EndedStatement;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one session's statements from text to answer: normalise, plan, provide a connection, run, report. */
final class StatementRunner {
    private static final Logger log = LoggerFactory.getLogger(StatementRunner.class);

    /** Statements that look at the warnings of the one before. */
    private static final Pattern KEEPS_WARNINGS = Pattern.compile(
            "\\s*(show\\s+(count|warnings|errors)|select\\s+@@(\\w+\\.)?(warning|error)_count).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final int LONGEST_KEEPER = 200;

    /** SQLite itself takes expressions of at most this depth. */
    private static final int DEEPEST_NESTING = 1000;

    private final SessionState session;
    private final LocalDatabase database;
    private final SessionTransactions transactions;
    private final Dialect dialect;
    private final Set<String> temporaryTables = new LinkedHashSet<>();

    /** Of the statement that runs: its shape, and what SQLite was given last. */
    private String shape = "";

    private String sqlite = "";

    StatementRunner(SessionState session, LocalDatabase database, SessionTransactions transactions) {
        this.session = session;
        this.database = database;
        this.transactions = transactions;
        this.dialect = database.engine().dialect();
    }

    /** A statement with its text analysed, to be planned at every run, because the schema may have changed. */
    record PreparedText(Dialect.Normalised text, SqlMode mode, List<Column> columns) implements ServerSession.Prepared {
        @Override
        public int parameterCount() {
            return text.parameters();
        }
    }

    private record Planned(Plan plan, Schema schema) {}

    interface Action {
        void run() throws SQLException;
    }

    void query(String sql, ResultSink sink) {
        Optional<Dialect.Scoped> scoped = mayBeScoped(sql) ? scoped(sql) : Optional.empty();
        if (scoped.isEmpty()) {
            queryPlain(sql, sink);
        } else {
            queryScoped(scoped.get(), sink);
        }
    }

    /** The cheap question before the exact one. */
    private static boolean mayBeScoped(String sql) {
        int at = 0;
        while (at < sql.length() && sql.charAt(at) <= ' ') {
            at++;
        }
        return sql.regionMatches(true, at, "SET", 0, 3) && sql.regionMatches(true, at + 4, "STATEMENT", 0, 9);
    }

    private Optional<Dialect.Scoped> scoped(String sql) {
        List<Dialect.Scoped> result = new ArrayList<>(1);
        translatingErrors(
                () -> dialect.scoped(sql, session.variables().sqlMode()).ifPresent(result::add));
        return result.stream().findFirst();
    }

    private void queryScoped(Dialect.Scoped scoped, ResultSink sink) {
        SystemVariables variables = session.variables();
        Map<String, String> before = new LinkedHashMap<>();
        try {
            scoped.variables().forEach((name, value) -> {
                before.put(
                        name, variables.get(name).orElseThrow(() -> SqlErrorCode.UNKNOWN_SYSTEM_VARIABLE.with(name)));
                variables.set(name, value);
            });
            queryPlain(scoped.statement(), sink);
        } finally {
            before.forEach(variables::set);
        }
    }

    private void queryPlain(String sql, ResultSink sink) {
        report(sql, sink, counted -> run(normalise(sql), session.variables().sqlMode(), List.of(), counted));
    }

    private Dialect.Normalised normalise(String sql) {
        Dialect.Normalised text = dialect.normalise(sql, session.variables().sqlMode());
        shape = text.shape();
        if (text.shape().length() > DEEPEST_NESTING) {
            refuseDeepNesting(text.shape());
        }
        return text;
    }

    /** A tree tens of thousands deep would take the memory of all sites before SQLite could refuse it. */
    private static void refuseDeepNesting(String shape) {
        int depth = 0;
        for (int i = 0; i < shape.length(); i++) {
            char c = shape.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth > DEEPEST_NESTING) {
                throw SqlErrorCode.STACK_OVERRUN.with();
            }
        }
    }

    PreparedText prepare(String sql) {
        List<PreparedText> result = new ArrayList<>(1);
        translatingErrors(() -> {
            Dialect.Normalised text = normalise(sql);
            SqlMode mode = session.variables().sqlMode();
            result.add(new PreparedText(text, mode, plan(text, mode).plan().columns()));
        });
        return result.getFirst();
    }

    void execute(ServerSession.Prepared statement, List<Literal> parameters, ResultSink sink) {
        if (!(statement instanceof PreparedText(Dialect.Normalised text, SqlMode mode, List<Column> _))) {
            throw new IllegalArgumentException("the statement was prepared elsewhere");
        }
        report(text.original(), sink, counted -> {
            shape = text.shape();
            run(text, mode, parameters, counted);
        });
    }

    /** Runs a statement as part of another one, which reports for both. */
    void runInside(PreparedText statement, List<Literal> parameters, ResultSink sink) {
        StatementSink counted = new StatementSink(sink, session.current()::check, session::describe);
        translatingErrors(() -> run(statement.text(), statement.mode(), parameters, counted));
    }

    private interface Run {
        void into(StatementSink sink) throws SQLException;
    }

    private void report(String sql, ResultSink client, Run run) {
        long start = System.nanoTime();
        shape = "";
        sqlite = "";
        session.begin(sql, start);
        StatementSink sink = new StatementSink(client, session.current()::check, session::describe);
        boolean keepsWarnings =
                sql.length() < LONGEST_KEEPER && KEEPS_WARNINGS.matcher(sql).matches();
        long rowCount = -1;
        int error = 0;
        try {
            session.reportWarnings(!keepsWarnings);
            if (!keepsWarnings) {
                session.warnings().clear();
            }
            translatingErrors(() -> run.into(sink));
            rowCount = sink.rowCount();
        } catch (SqlError e) {
            SqlError told = session.current().told(e);
            session.warnings().clear();
            session.warnings().add(Warnings.Level.ERROR, told.code().number(), told.getMessage());
            database.meter().error(told.code());
            error = told.code().number();
            throw told;
        } finally {
            long end = System.nanoTime();
            session.end(rowCount, end);
            database.ended(new EndedStatement(
                    shape,
                    sql,
                    end - start,
                    session.takeLockNanos(),
                    sink.rowsSent(),
                    Math.max(0, rowCount),
                    error,
                    session.connectionId(),
                    sqlite));
        }
    }

    /** Turns everything that is the statement's own failure into what a MySQL client is told. */
    void translatingErrors(Action action) {
        try {
            action.run();
        } catch (SqlError | UncheckedIOException e) {
            throw e;
        } catch (SQLException e) {
            throw SqliteErrors.translate(e, database);
        } catch (StackOverflowError e) {
            throw SqlErrorCode.STACK_OVERRUN.with();
        } catch (OutOfMemoryError e) {
            log.error("out of memory in a statement of {}", database.login().site());
            throw SqlErrorCode.OUT_OF_MEMORY.with(0);
        } catch (RuntimeException e) {
            log.error(
                    "a statement of {} failed inside litewire", database.login().site(), e);
            throw SqlErrorCode.UNKNOWN_ERROR.with("internal error: " + e);
        }
    }

    private void run(Dialect.Normalised text, SqlMode mode, List<Literal> parameters, StatementSink sink)
            throws SQLException {
        List<Literal> literals = parameters.isEmpty() ? text.literals() : joined(text.literals(), parameters);
        Planned planned = plan(text, mode);
        Plan plan = planned.plan();
        boolean remembered = transactions.remembers(plan.access() == Plan.Access.WRITE);
        FingerprintSink marked = new FingerprintSink(sink, remembered);
        SessionTransactions.Work work = connection -> {
            Plan current = current(planned, text, mode, connection);
            session.current().check();
            try {
                current.run(new Execution(session, connection, literals, marked));
            } finally {
                sqlite = connection.lastText();
            }
            if (remembered) {
                transactions.remember(new TransactionLog.Step.Statement(
                        text, mode, parameters, session.statementMicros(), marked.fingerprint()));
            }
        };
        switch (plan.access()) {
            case SESSION -> {
                plan.run(new Execution(session, NoDatabase.INSTANCE, literals, sink));
                transactions.rememberOutside(text.shape());
            }
            case COMPUTATION ->
                transactions.compute(connection -> {
                    try {
                        plan.run(new Execution(session, connection, literals, sink));
                    } finally {
                        sqlite = connection.lastText();
                    }
                });
            case TRANSACTION -> plan.run(new Execution(session, NoDatabase.INSTANCE, literals, sink));
            case READ -> transactions.read(work);
            case WRITE -> write(plan, literals, work);
            case SCHEMA -> changeSchema(work);
        }
    }

    private void write(Plan plan, List<Literal> literals, SessionTransactions.Work work) throws SQLException {
        Claim claim = plan.claim(literals);
        try {
            transactions.write(claim, plan.columns().isEmpty() && plan.isShort(literals), work);
        } catch (UndoneTogetherException e) {
            // Another session's write is to blame, and nobody has been told of this one: it is run again, alone.
            session.warnings().clear();
            transactions.write(claim, false, work);
        }
    }

    /** Runs a statement of this transaction again, with the clock of its first run. The session's state stays as it is. */
    long repeat(TransactionLog.Step.Statement step, SqliteConnection connection) throws SQLException {
        FingerprintSink sink = new FingerprintSink(Discarding.SINK, true);
        List<Literal> literals = step.parameters().isEmpty()
                ? step.text().literals()
                : joined(step.text().literals(), step.parameters());
        Plan plan = current(plan(step.text(), step.mode()), step.text(), step.mode(), connection);
        session.current().check();
        session.unchanged(step.statementMicros(), () -> plan.run(new Execution(session, connection, literals, sink)));
        return sink.fingerprint();
    }

    /** A table that goes when the session does. */
    void temporaryTable(String name) {
        temporaryTables.add(name);
    }

    /** Drops the session's temporary tables. */
    void dropTemporaryTables() {
        for (String name : temporaryTables) {
            String sql = "DROP TEMPORARY TABLE IF EXISTS `" + name.replace("`", "``") + "`";
            try {
                StatementSink nowhere = new StatementSink(Discarding.SINK, () -> {}, session::describe);
                translatingErrors(() -> run(normalise(sql), session.variables().sqlMode(), List.of(), nowhere));
            } catch (SqlError e) {
                log.warn(
                        "{}: a temporary table is left behind: {}",
                        database.login().site(),
                        e.getMessage());
            }
        }
        temporaryTables.clear();
    }

    private static List<Literal> joined(List<Literal> literals, List<Literal> parameters) {
        List<Literal> all = new ArrayList<>(literals);
        all.addAll(parameters);
        return all;
    }

    private void changeSchema(SessionTransactions.Work work) throws SQLException {
        try {
            transactions.changeSchema(work);
        } finally {
            database.forgetSchema();
        }
    }

    /** The plan for the schema known now, for callers that see to everything around its run. */
    Plan planNow(Dialect.Normalised text) throws SQLException {
        return plan(text, session.variables().sqlMode()).plan();
    }

    private Planned plan(Dialect.Normalised text, SqlMode mode) throws SQLException {
        Schema known = database.schema();
        try {
            return planned(text, mode, known);
        } catch (SqlError e) {
            // A table may be missing only because another process has just made it.
            Schema fresh = database.freshSchema();
            if (fresh.equals(known)) {
                throw e;
            }
            return planned(text, mode, fresh);
        }
    }

    private Planned planned(Dialect.Normalised text, SqlMode mode, Schema schema) {
        Dialect.Context context = new Dialect.Context(
                schema.temporary().isEmpty() ? schema : schema.seenBy(session.connectionId()),
                mode,
                session.databaseName(),
                session.countsFoundRows(),
                session.variables().get("collation_connection").orElse("utf8mb4_unicode_ci"),
                !session.variables().inUtc(),
                session.user(),
                session::userVariable);
        return new Planned(dialect.plan(text, context), schema);
    }

    /** The plan for the schema this connection sees, which is nearly always the one made already. */
    private Plan current(Planned planned, Dialect.Normalised text, SqlMode mode, SqliteConnection connection)
            throws SQLException {
        Schema seen = database.schemaOn(connection);
        if (seen.equals(planned.schema())) {
            return planned.plan();
        }
        Plan plan = planned(text, mode, seen).plan();
        if (plan.access() != planned.plan().access()) {
            throw SqlErrorCode.DEADLOCK.with();
        }
        return plan;
    }
}
