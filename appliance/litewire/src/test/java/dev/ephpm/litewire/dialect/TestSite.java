package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.MySqlEngine;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.ResultSink;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.catalogue.Catalogue;
import dev.ephpm.litewire.catalogue.Schema;
import dev.ephpm.litewire.sqlite.DatabaseFile;
import dev.ephpm.litewire.sqlite.SqliteConnection;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import dev.ephpm.litewire.sqlite.TestLibrary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The dialect and the catalogue on a real SQLite file, without the wire. */
final class TestSite implements AutoCloseable {
    private final MySqlEngine engine = new MySqlEngine();
    private final TestSession session = new TestSession();
    private final SqliteConnection database;
    private @Nullable Schema known;
    private UnaryOperator<SqliteHandle> watch = UnaryOperator.identity();

    TestSite(Path directory) throws SQLException {
        this(directory, TestLibrary.NATIVE);
    }

    TestSite(Path directory, TestLibrary way) throws SQLException {
        this(SqliteConnection.open(
                way.library(), new DatabaseFile(directory.resolve("site.db"), "off"), SqlFunctions::register));
    }

    /** A site on a connection of any kind. */
    TestSite(SqliteConnection connection) throws SQLException {
        database = connection;
        database.execute("PRAGMA foreign_keys = ON");
        Catalogue.install(database);
    }

    /** Puts something between plans and the database. */
    void watch(UnaryOperator<SqliteHandle> between) {
        watch = between;
    }

    SqliteHandle database() {
        return database;
    }

    TestSession session() {
        return session;
    }

    /** Runs one statement inside a transaction of its own, as a session does; throws {@link dev.ephpm.litewire.SqlError}. */
    Answer run(String sql, Literal... parameters) throws SQLException {
        Dialect.Normalised statement =
                engine.dialect().normalise(sql, session.variables().sqlMode());
        Plan plan = plan(sql);
        List<Literal> literals = new ArrayList<>(statement.literals());
        literals.addAll(List.of(parameters));
        session.warnings().clear();
        Answer answer = new Answer();
        boolean writes = plan.access() == Plan.Access.WRITE;
        if (writes) {
            database.execute("BEGIN IMMEDIATE");
        }
        try {
            plan.run(new Execution(session, watch.apply(database), literals, answer));
        } catch (SqlError | SQLException e) {
            if (writes) {
                database.execute("ROLLBACK");
            }
            throw e;
        }
        if (writes) {
            database.execute("COMMIT");
        }
        session.rowCount(answer.columns == null ? answer.affected : -1);
        return answer;
    }

    Plan plan(String sql) throws SQLException {
        return engine.dialect()
                .plan(
                        engine.dialect().normalise(sql, session.variables().sqlMode()),
                        new Dialect.Context(
                                schema(),
                                session.variables().sqlMode(),
                                "wp",
                                false,
                                session.variables().get("collation_connection").orElseThrow(),
                                false,
                                session.user(),
                                session::userVariable));
    }

    private Schema schema() throws SQLException {
        if (known == null || Catalogue.version(database) != known.version()) {
            known = Catalogue.load(database);
        }
        return known;
    }

    /** The first value of the first row, as text. */
    String value(String sql, Literal... parameters) throws SQLException {
        return run(sql, parameters).rows.getFirst().getFirst();
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }

    /** What a client would get; values as the text protocol shows them, NULL as {@code \N}. */
    static final class Answer implements ResultSink {
        @Nullable
        List<Column> columns;

        final List<List<String>> rows = new ArrayList<>();
        long affected;
        long insertId;
        String info = "";

        @Override
        public void columns(List<Column> described) {
            columns = described;
        }

        @Override
        public void row(@Nullable Object[] values) {
            List<String> row = new ArrayList<>();
            for (Object value : values) {
                row.add(text(value));
            }
            rows.add(row);
        }

        private static String text(@Nullable Object value) {
            String text = switch (value) {
                case null -> null;
                case Double real -> Doubles.text(real);
                case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
                default -> value.toString();
            };
            return text == null
                    ? "\\N"
                    : text.replace("\\", "\\\\")
                            .replace("\n", "\\n")
                            .replace("\t", "\\t")
                            .replace("\0", "\\0");
        }

        @Override
        public void endOfRows() {}

        @Override
        public void done(long affectedRows, long lastInsertId, String text) {
            affected = affectedRows;
            insertId = lastInsertId;
            info = text;
        }
    }
}
