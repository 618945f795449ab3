package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.ResultSink;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.dialect.Dialect;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs statements about the schema against SQLite in memory, as one session. */
final class Statements implements AutoCloseable {
    static final SqlMode STRICT = new SqlMode(false, false, false, true, false, false, false, false, true);
    static final SqlMode LAX = new SqlMode(false, false, false, false, false, false, false, false, false);

    final MemoryDatabase database = new MemoryDatabase();
    final FakeSession session = new FakeSession();
    private final CatalogueStatements statements = new CatalogueStatements(new NoDialect());
    SqlMode mode = STRICT;

    Statements() throws SQLException {
        database.update("PRAGMA foreign_keys = ON", List.of());
        Catalogue.install(database);
    }

    /** Rows as text, columns divided by a bar; NULL is written out. */
    List<String> rows(String statement) throws SQLException {
        Answered answered = run(statement);
        return answered.rows;
    }

    Answered run(String statement) throws SQLException {
        session.noted.clear();
        Dialect.Context context = new Dialect.Context(
                Catalogue.load(database), mode, "wp", false, "utf8mb4_unicode_ci", false, session.user(), _ -> null);
        Plan plan = statements.plan(statement, context).orElseThrow();
        Answered answered = new Answered();
        plan.run(new Execution(session, database, List.of(), answered));
        return answered;
    }

    String definition(String table) throws SQLException {
        return run("SHOW CREATE TABLE " + Quoting.name(table)).values.getFirst().get(1);
    }

    /** SQLite's own rows, past the catalogue. */
    List<String> stored(String sql) throws SQLException {
        return Rows.all(database, sql).stream()
                .map(r -> r.values().stream()
                        .map(String::valueOf)
                        .reduce((a, b) -> a + "|" + b)
                        .orElse(""))
                .toList();
    }

    void store(String sql) throws SQLException {
        database.update(sql, List.of());
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }

    /** What a client would have received. */
    static final class Answered implements ResultSink {
        List<Column> columns = List.of();
        final List<String> rows = new ArrayList<>();
        final List<List<String>> values = new ArrayList<>();
        long affected = -1;

        @Override
        public void columns(List<Column> given) {
            columns = given;
        }

        @Override
        public void row(@Nullable Object[] given) {
            List<String> texts = new ArrayList<>();
            for (Object value : given) {
                texts.add(value == null ? "NULL" : value.toString());
            }
            values.add(texts);
            rows.add(String.join("|", texts));
        }

        @Override
        public void endOfRows() {
            affected = rows.size();
        }

        @Override
        public void done(long affectedRows, long lastInsertId, String info) {
            affected = affectedRows;
        }
    }

    /** The catalogue needs the dialect for SELECT only. */
    private static final class NoDialect implements Dialect {
        @Override
        public Normalised normalise(String sql, SqlMode mode) {
            throw new UnsupportedOperationException(sql);
        }

        @Override
        public Plan plan(Normalised statement, Context context) {
            throw new UnsupportedOperationException(statement.original());
        }

        @Override
        public List<String> split(String sql, SqlMode mode) {
            throw new UnsupportedOperationException(sql);
        }
    }
}
