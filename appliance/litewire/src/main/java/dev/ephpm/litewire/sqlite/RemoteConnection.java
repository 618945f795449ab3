package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The writer of a database that only a remote server may write. BEGIN, SAVEPOINT and RELEASE go with the next statement, so
 * that they cost no round trip of their own.
 */
final class RemoteConnection implements LibraryConnection {
    private static final String BEGIN = "BEGIN";
    private static final List<String> ENDS = List.of("COMMIT", "ROLLBACK", "END");
    private static final Set<String> KEEPS_SCHEMA =
            Set.of("PRAGMA", "SELECT", "INSERT", "REPLACE", "UPDATE", "DELETE", "WITH", "SAVEPOINT", "RELEASE");
    private static final String SCHEMA_VERSION = "PRAGMA schema_version";
    private static final int MOST_DEFERRED = 50;
    private static final RemoteResult NOTHING = new RemoteResult(List.of(), List.of(), 0, 0, -1);
    private static final List<String> INSERTS = List.of("INSERT", "REPLACE");

    private static final String FUNCTIONS =
            "SELECT DISTINCT name FROM pragma_function_list WHERE name LIKE 'mysql\\_%' ESCAPE '\\'";

    /** What sqld does not let pass as a pragma and its extension does instead. */
    private static final Map<String, String> SETTINGS = Map.of(
            "PRAGMA legacy_alter_table = ON", "SELECT mysql_legacy_alter_table(1)",
            "PRAGMA legacy_alter_table = OFF", "SELECT mysql_legacy_alter_table(0)");

    private final RemoteStream stream;
    private final RemoteFunctions functions;
    private final LongConsumer committed;
    private final SqliteConnection.Local here;
    private @Nullable SqliteConnection evaluator;
    private @Nullable Set<String> present;
    private final List<RemoteStep> deferred = new ArrayList<>();
    private @Nullable RemoteResult schemaVersion;
    private boolean begun;
    private boolean ended;
    private long changes;
    private long lastInsertRowid;

    RemoteConnection(
            RemoteStream stream, RemoteFunctions functions, LongConsumer committed, SqliteConnection.Local here) {
        this.here = here;
        this.stream = stream;
        this.committed = committed;
        this.functions = functions;
    }

    @Override
    public PreparedStatement prepare(String sql) throws SqliteException {
        StatementScreen.check(sql);
        return new RemoteStatement(this, SETTINGS.getOrDefault(sql, sql));
    }

    /** Runs a statement with what belongs to it. */
    RemoteResult run(RemoteStep statement) throws SQLException {
        String verb = verb(statement.sql());
        if (isDeferrable(verb)) {
            begun = true;
            deferred.add(statement);
            return NOTHING;
        }
        boolean ends = ENDS.contains(verb) && !statement.sql().contains(" TO ");
        if (ends && !deferred.isEmpty() && verb(deferred.getFirst().sql()).equals(BEGIN)) {
            deferred.clear();
            begun = false;
            return NOTHING;
        }
        if (begun && KEEPS_SCHEMA.contains(verb)) {
            return runKeepingSchema(statement, verb);
        }
        schemaVersion = null;
        return runNow(statement, verb, ends);
    }

    private boolean isDeferrable(String verb) {
        boolean ofSavepoint = begun && (verb.equals("SAVEPOINT") || verb.equals("RELEASE"));
        return verb.equals(BEGIN) || (ofSavepoint && deferred.size() < MOST_DEFERRED);
    }

    /** While a transaction writes, nobody else changes the schema, so its version need not be asked for twice. */
    private RemoteResult runKeepingSchema(RemoteStep statement, String verb) throws SQLException {
        boolean asks = statement.sql().equals(SCHEMA_VERSION);
        RemoteResult known = schemaVersion;
        if (asks && known != null) {
            return known;
        }
        RemoteResult result = runNow(statement, verb, false);
        schemaVersion = asks && begun ? result : known;
        return result;
    }

    private RemoteResult runNow(RemoteStep statement, String verb, boolean ends) throws SQLException {
        RemoteStep computed = statement.sql().contains("mysql_")
                ? functions.computed(statement, present(), this::evaluator)
                : statement;
        RemoteResult result = send(computed, verb.equals("COMMIT"));
        begun = begun && !ends;
        if (!begun && result.frame() >= 0) {
            committed.accept(result.frame());
        }
        changes = result.affectedRows();
        if (INSERTS.contains(verb)) {
            lastInsertRowid = result.lastInsertRowid();
        }
        return result;
    }

    /** Asked once: the server's extension may be another version's. */
    private Set<String> present() throws RemoteException {
        Set<String> known = present;
        if (known == null) {
            known = new HashSet<>();
            for (@Nullable
            Object[] row : send(new RemoteStep(FUNCTIONS, List.of()), false).rows()) {
                known.add(String.valueOf(row[0]));
            }
            present = known;
        }
        return known;
    }

    private SqliteConnection evaluator() throws SQLException {
        SqliteConnection open = evaluator;
        if (open == null) {
            open = here.open();
            evaluator = open;
        }
        return open;
    }

    private static String verb(String sql) {
        int end = 0;
        while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
            end++;
        }
        return sql.substring(0, end).toUpperCase(Locale.ROOT);
    }

    private RemoteResult send(RemoteStep statement, boolean commits) throws RemoteException {
        byte[] facts = functions.facts(statement.sql());
        List<RemoteStep> steps = new ArrayList<>(deferred);
        deferred.clear();
        if (facts.length > 0) {
            steps.add(new RemoteStep("SELECT mysql_statement(?1)", List.of(facts)));
        }
        int at = steps.size();
        steps.add(statement);
        if (facts.length > 0) {
            steps.add(new RemoteStep("SELECT mysql_warnings()", List.of()));
        }
        try {
            List<RemoteResult> results = stream.run(List.copyOf(steps));
            if (facts.length > 0 && results.getLast().rows().getFirst()[0] instanceof byte[] left) {
                functions.took(left);
            }
            return results.get(at);
        } catch (RemoteException e) {
            throw failed(e, commits);
        }
    }

    /** What is lost before COMMIT is sent was never there. */
    private RemoteException failed(RemoteException failure, boolean commits) {
        if (failure.kind() == RemoteException.Kind.REFUSED) {
            functions.failed(String.valueOf(failure.getMessage()));
            begun = begun && stillBegun(failure);
            return failure;
        }
        boolean inTransaction = begun;
        begun = false;
        ended = true;
        boolean undone = inTransaction && !commits && failure.kind() == RemoteException.Kind.UNKNOWN;
        return undone
                ? new RemoteException(RemoteException.Kind.UNREACHABLE, String.valueOf(failure.getMessage()))
                : failure;
    }

    /** SQLite keeps the transaction when a statement is wrong or breaks a constraint; else it has to be asked. */
    private boolean stillBegun(RemoteException failure) {
        int code = failure.getErrorCode() & 0xff;
        if (code == ResultCode.CONSTRAINT) {
            return true;
        }
        try {
            return stream.inTransaction();
        } catch (RemoteException e) {
            ended = true;
            return false;
        }
    }

    @Override
    public long changes() {
        return changes;
    }

    @Override
    public long lastInsertRowid() {
        return lastInsertRowid;
    }

    @Override
    public boolean inTransaction() {
        return begun;
    }

    @Override
    public boolean usable() {
        return !ended;
    }

    @Override
    public long beginSnapshot() {
        throw new IllegalStateException("readers use the file");
    }

    @Override
    public boolean endSnapshot() {
        return true;
    }

    @Override
    public long logFrames() {
        return 0;
    }

    @Override
    public void interrupt() {
        stream.cancel();
    }

    /** The server waits for as long as it was told. */
    @Override
    public void busyTimeout(int milliseconds) {}

    @Override
    public void close() throws SQLException {
        stream.close();
        if (evaluator != null) {
            evaluator.close();
        }
    }
}
