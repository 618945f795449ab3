package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** EXPLAIN in MySQL's columns, from what SQLite says of its query plan. */
final class ExplainPlan implements Plan {
    private static final Pattern STEP = Pattern.compile("(SCAN|SEARCH) (\\S+)(?: USING (.*))?");
    private static final Pattern INDEX = Pattern.compile("(?:COVERING )?INDEX (\\S+)");

    private static final List<Column> COLUMNS = List.of(
            Column.ofText("id", 3),
            Column.ofText("select_type", 19),
            Column.ofText("table", 64),
            Column.ofText("type", 10),
            Column.ofText("possible_keys", 4096),
            Column.ofText("key", 64),
            Column.ofText("key_len", 393),
            Column.ofText("ref", 2048),
            Column.ofText("rows", 64),
            Column.ofText("Extra", 255));

    private final Plan explained;

    ExplainPlan(Plan explained) {
        this.explained = explained;
    }

    static boolean isOption(Token token) {
        return token.isWord("EXTENDED")
                || token.isWord("PARTITIONS")
                || token.isWord("FORMAT")
                || token.isWord("ANALYZE");
    }

    @Override
    public Access access() {
        return Access.READ;
    }

    @Override
    public void run(Execution execution) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        if (explained instanceof SelectPlan select) {
            rows.addAll(steps(select.query(), execution));
        }
        if (rows.isEmpty()) {
            rows.add(noTable());
        }
        execution.sink().columns(COLUMNS);
        for (@Nullable Object[] row : rows) {
            execution.sink().row(row);
        }
        execution.sink().endOfRows();
    }

    private static @Nullable Object[] noTable() {
        return new @Nullable Object[] {1L, "SIMPLE", null, null, null, null, null, null, null, "No tables used"};
    }

    private static List<@Nullable Object[]> steps(Compilation.Finished query, Execution execution) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        List<@Nullable Object> parameters = Binding.values(query.bindings(), execution);
        try (SqliteCursor cursor = execution.database().query("EXPLAIN QUERY PLAN " + query.sql(), parameters)) {
            while (cursor.next()) {
                Matcher step = STEP.matcher(String.valueOf(cursor.value(3)));
                if (step.find()) {
                    rows.add(row(step));
                }
            }
        }
        return rows;
    }

    private static @Nullable Object[] row(Matcher step) {
        boolean scan = step.group(1).equals("SCAN");
        String using = step.group(3) == null ? "" : step.group(3);
        Matcher index = INDEX.matcher(using);
        boolean byRowid = using.startsWith("INTEGER PRIMARY KEY");
        String key = byRowid ? "PRIMARY" : index.find() ? index.group(1) : null;
        String type = scan ? (key == null ? "ALL" : "index") : (byRowid ? "const" : "ref");
        String extra = using.startsWith("COVERING") ? "Using index" : scan ? "" : "Using where";
        String ref = scan ? null : "const";
        return new @Nullable Object[] {1L, "SIMPLE", step.group(2), type, key, key, null, ref, 1L, extra};
    }
}
