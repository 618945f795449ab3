package dev.ephpm.litewire;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The statements one session has prepared by SQL. */
final class SessionPreparedStatements implements SqlPreparedStatements {
    /** MySQL's default of max_prepared_stmt_count, which counts for the whole server there. */
    static final int MOST = 16_382;

    private static final Pattern FIRST_WORD = Pattern.compile("\\s*(\\w+)");
    private static final Set<String> NOT_TO_BE_PREPARED = Set.of("PREPARE", "EXECUTE", "DEALLOCATE");

    private final Session session;
    private final StatementRunner runner;
    private final Map<String, StatementRunner.PreparedText> statements = new HashMap<>();

    SessionPreparedStatements(Session session, StatementRunner runner) {
        this.session = session;
        this.runner = runner;
    }

    @Override
    public List<@Nullable Object> compute(String expressions) {
        KeptRow row = new KeptRow();
        long foundRows = session.foundRows();
        runner.runInside(runner.prepare("SELECT " + expressions), List.of(), row);
        session.setFoundRows(foundRows);
        return row.values();
    }

    @Override
    public void prepare(String name, String sql) {
        String key = name.toLowerCase(Locale.ROOT);
        statements.remove(key);
        if (statements.size() >= MOST) {
            throw SqlErrorCode.TOO_MANY_PREPARED_STATEMENTS.with(MOST);
        }
        statements.put(key, prepared(sql));
    }

    private StatementRunner.PreparedText prepared(String sql) {
        Matcher first = FIRST_WORD.matcher(sql);
        if (first.lookingAt() && NOT_TO_BE_PREPARED.contains(first.group(1).toUpperCase(Locale.ROOT))) {
            throw SqlErrorCode.NOT_IN_PREPARED_PROTOCOL.with();
        }
        return runner.prepare(sql);
    }

    @Override
    public void execute(String name, List<Literal> parameters, ResultSink sink) {
        StatementRunner.PreparedText statement = statements.get(name.toLowerCase(Locale.ROOT));
        if (statement == null) {
            throw SqlErrorCode.UNKNOWN_STATEMENT_HANDLER.with(name, "EXECUTE");
        }
        run(statement, parameters, sink);
    }

    @Override
    public void executeOnce(String sql, List<Literal> parameters, ResultSink sink) {
        run(prepared(sql), parameters, sink);
    }

    private void run(StatementRunner.PreparedText statement, List<Literal> parameters, ResultSink sink) {
        if (parameters.size() != statement.parameterCount()) {
            throw SqlErrorCode.WRONG_ARGUMENTS.with("EXECUTE");
        }
        runner.runInside(statement, parameters, sink);
    }

    @Override
    public void deallocate(String name) {
        if (statements.remove(name.toLowerCase(Locale.ROOT)) == null) {
            throw SqlErrorCode.UNKNOWN_STATEMENT_HANDLER.with(name, "DEALLOCATE PREPARE");
        }
    }

    void clear() {
        statements.clear();
    }
}
