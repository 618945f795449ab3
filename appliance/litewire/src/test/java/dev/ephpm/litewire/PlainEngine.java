package dev.ephpm.litewire;

import dev.ephpm.litewire.catalogue.Schema;
import dev.ephpm.litewire.dialect.Dialect;
import dev.ephpm.litewire.sqlite.RemoteFunctions;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;

/**
 * An engine without MySQL in it, for tests of everything around: SQL goes to SQLite as it is, {@code ?} are its parameters,
 * and statements are told apart by their first word.
 */
final class PlainEngine implements SiteEngine, Dialect {
    /** Called by the SQL function {@code pause()}, so that a test can stop inside a statement. */
    private final Runnable pause;

    PlainEngine(Runnable pause) {
        this.pause = pause;
    }

    PlainEngine() {
        this(() -> {});
    }

    @Override
    public Dialect dialect() {
        return this;
    }

    @Override
    public void registerFunctions(Connection connection, Set<String> present) throws SQLException {
        Function.create(connection, "pause", new Function() {
            @Override
            protected void xFunc() throws SQLException {
                pause.run();
                result(1);
            }
        });
    }

    @Override
    public RemoteFunctions remoteFunctions() {
        throw new UnsupportedOperationException("nothing is replicated here");
    }

    @Override
    public void install(SqliteHandle database) throws SQLException {
        database.update("CREATE TABLE IF NOT EXISTS installed(at)", List.of());
    }

    @Override
    public Schema load(SqliteHandle database) {
        return new Schema(1, Map.of());
    }

    @Override
    public Normalised normalise(String sql, SqlMode mode) {
        return new Normalised(
                sql, List.of(), (int) sql.chars().filter(c -> c == '?').count(), sql);
    }

    @Override
    public List<String> split(String sql, SqlMode mode) {
        return Arrays.stream(sql.split(";")).filter(part -> !part.isBlank()).toList();
    }

    @Override
    public Plan plan(Normalised statement, Context context) {
        String word = statement.original().strip().split("[\\s(]+")[0].toUpperCase(Locale.ROOT);
        return switch (word) {
            case "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE" -> new Control(statement.original());
            case "SET" -> new Setting(statement.original());
            case "CREATE", "DROP", "ALTER" -> new Statement(statement.original(), Plan.Access.SCHEMA);
            case "SELECT" ->
                statement.original().contains("@")
                        ? new Variables(statement.original())
                        : new Statement(statement.original(), Plan.Access.READ);
            case "WITH", "PRAGMA" -> new Statement(statement.original(), Plan.Access.READ);
            case "SELEC" -> throw SqlErrorCode.PARSE_ERROR.with("You have an error in your SQL syntax", "selec", 1);
            case "BUG" -> throw new IllegalArgumentException("a bug");
            default -> new Statement(statement.original(), Plan.Access.WRITE);
        };
    }

    private record Control(String sql) implements Plan {
        @Override
        public Access access() {
            return Access.TRANSACTION;
        }

        @Override
        public void run(Execution execution) throws SQLException {
            String[] words = sql.strip().split("\\s+");
            Transactions transactions = execution.session().transactions();
            switch (words[0].toUpperCase(Locale.ROOT)) {
                case "BEGIN" -> transactions.begin(words.length > 1);
                case "COMMIT" -> transactions.commit();
                case "SAVEPOINT" -> transactions.savepoint(words[1]);
                case "RELEASE" -> transactions.release(words[1]);
                default -> {
                    if (words.length > 1) {
                        transactions.rollbackTo(words[2]);
                    } else {
                        transactions.rollback();
                    }
                }
            }
            execution.sink().done(0, 0, "");
        }
    }

    /** {@code SET name = value} and {@code SET @name = value}; what drivers set besides is taken without effect. */
    private record Setting(String sql) implements Plan {
        private static final Pattern SET = Pattern.compile("(?i)SET (@?)(\\w+)\\s*=\\s*'?(\\w*)'?");

        @Override
        public Access access() {
            return Access.SESSION;
        }

        @Override
        public void run(Execution execution) {
            Matcher set = SET.matcher(sql);
            if (set.matches() && set.group(1).isEmpty()) {
                execution.session().variables().set(set.group(2), set.group(3));
            } else if (set.matches()) {
                execution.session().setUserVariable(set.group(2), set.group(3));
            }
            execution.sink().done(0, 0, "");
        }
    }

    /** {@code SELECT @@a, @@b, @c}. */
    private record Variables(String sql) implements Plan {
        private static final Pattern VARIABLE = Pattern.compile("(@@?)(?:session\\.)?(\\w+)");

        @Override
        public Access access() {
            return Access.SESSION;
        }

        @Override
        public void run(Execution execution) {
            List<Column> columns = new ArrayList<>();
            List<@Nullable Object> values = new ArrayList<>();
            Matcher variables = VARIABLE.matcher(sql);
            while (variables.find()) {
                columns.add(Column.ofText(variables.group(2), 100));
                values.add(
                        variables.group(1).equals("@@")
                                ? execution
                                        .session()
                                        .variables()
                                        .get(variables.group(2))
                                        .orElseThrow()
                                : execution.session().userVariable(variables.group(2)));
            }
            execution.sink().columns(columns);
            execution.sink().row(values.toArray());
            execution.sink().endOfRows();
        }
    }

    private record Statement(String sql, Access access) implements Plan {
        @Override
        public void run(Execution execution) throws SQLException {
            List<@Nullable Object> parameters = new ArrayList<>();
            execution.literals().forEach(literal -> parameters.add(literal.value()));
            if (access != Access.READ) {
                long changed = execution.database().update(sql, parameters);
                execution.sink().done(changed, execution.database().lastInsertRowid(), "");
                return;
            }
            try (SqliteCursor cursor = execution.database().query(sql, parameters)) {
                boolean row = cursor.next();
                execution.sink().columns(columns(cursor));
                for (; row; row = cursor.next()) {
                    @Nullable Object[] values = new @Nullable Object[cursor.columnCount()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = cursor.value(i);
                    }
                    execution.sink().row(values);
                }
                execution.sink().endOfRows();
            }
        }

        private static List<Column> columns(SqliteCursor cursor) throws SQLException {
            List<Column> columns = new ArrayList<>();
            for (int i = 0; i < cursor.columnCount(); i++) {
                columns.add(Column.ofText(cursor.columnName(i), 1000));
            }
            return columns;
        }
    }
}
