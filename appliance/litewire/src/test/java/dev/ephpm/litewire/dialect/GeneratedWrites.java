package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The SQL that litewire makes of applications' writes, and the schema it makes of their tables. */
final class GeneratedWrites {
    private static final Pattern CHANGES_ROWS =
            Pattern.compile("\\s*(WITH\\b.*?\\b)?(INSERT|UPDATE|DELETE|REPLACE)\\b.*", Pattern.DOTALL);
    private static final Pattern READS = Pattern.compile("\\W*(SELECT|SHOW|DESC|EXPLAIN)\\b", Pattern.CASE_INSENSITIVE);
    private static final String SCHEMA =
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%'"
                    + " ESCAPE '\\' AND (type <> 'table' OR sql NOT LIKE 'CREATE VIRTUAL%') ORDER BY type = 'table' DESC, rowid";

    /** For recorded statements whose parameters came separately; their values do not matter here. */
    private static final Literal[] PARAMETERS =
            Collections.nCopies(30, new Literal.Text("1")).toArray(Literal[]::new);

    private final List<String> failed = new ArrayList<>();
    private final Set<String> statements = new LinkedHashSet<>();
    private final List<String> schema = new ArrayList<>();

    /** Runs the statements on a new site; those that fail are passed over. */
    GeneratedWrites(Path directory, List<String> mysql) throws SQLException {
        try (TestSite site = new TestSite(directory)) {
            site.watch(Watching::new);
            for (String sql : mysql) {
                if (READS.matcher(sql).lookingAt()) {
                    continue;
                }
                try {
                    site.run(sql, PARAMETERS);
                } catch (SqlError | SQLException e) {
                    // Corpora hold mistakes, too, and tables that come and go.
                    failed.add(sql + ": " + e.getMessage());
                }
            }
            try (SqliteCursor rows = site.database().query(SCHEMA, List.of())) {
                while (rows.next()) {
                    schema.add(String.valueOf(rows.value(0)));
                }
            }
        }
    }

    Set<String> statements() {
        return statements;
    }

    List<String> failed() {
        return failed;
    }

    List<String> schema() {
        return schema;
    }

    private final class Watching implements SqliteHandle {
        private final SqliteHandle handle;

        Watching(SqliteHandle handle) {
            this.handle = handle;
        }

        /** Rows that ALTER copies do not count: a change of the schema has a way of its own. */
        private void note(String sql) {
            if (CHANGES_ROWS.matcher(sql).matches() && !sql.contains("__lw_rebuilt")) {
                statements.add(sql);
            }
        }

        @Override
        public SqliteCursor query(String sql, List<@Nullable Object> parameters) throws SQLException {
            note(sql);
            return handle.query(sql, parameters);
        }

        @Override
        public long update(String sql, List<@Nullable Object> parameters) throws SQLException {
            note(sql);
            return handle.update(sql, parameters);
        }

        @Override
        public long lastInsertRowid() throws SQLException {
            return handle.lastInsertRowid();
        }
    }
}
