package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.ColumnType;
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
    private static final String SEPARATOR = "__";
    private static final int TEXT_DECIMALS = 39;
    private static final Pattern INDEX = Pattern.compile("(?:COVERING )?INDEX (\\S+)");

    private static final List<Column> COLUMNS = List.of(
            Column.ofExpression(
                    "id",
                    ColumnType.LONGLONG,
                    3,
                    Column.CHARACTER_SET_BINARY,
                    Column.BINARY | Column.UNSIGNED | Column.NUM,
                    0),
            text("select_type", 19).withFlags(Column.NOT_NULL),
            text("table", 64),
            text("type", 10),
            text("possible_keys", 4096),
            text("key", 64),
            text("key_len", 4096),
            text("ref", 2048),
            text("rows", 64),
            text("Extra", 255).withFlags(Column.NOT_NULL));

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

    private static Column text(String name, int characters) {
        return Column.ofExpression(
                name,
                ColumnType.VAR_STRING,
                4L * characters,
                Column.CHARACTER_SET_UTF8MB4_UNICODE_CI,
                0,
                TEXT_DECIMALS);
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

    /** Indexes are stored by the names of table and key. */
    private static String keyName(String index) {
        int end = index.indexOf(SEPARATOR);
        return end < 0 ? index : index.substring(end + SEPARATOR.length());
    }

    private static @Nullable Object[] row(Matcher step) {
        boolean scan = step.group(1).equals("SCAN");
        String using = step.group(3) == null ? "" : step.group(3);
        Matcher index = INDEX.matcher(using);
        boolean byRowid = using.startsWith("INTEGER PRIMARY KEY");
        String key = byRowid ? "PRIMARY" : index.find() ? keyName(index.group(1)) : null;
        String type = scan ? (key == null ? "ALL" : "index") : (byRowid ? "const" : "ref");
        String extra = using.startsWith("COVERING") ? "Using index" : scan ? "" : "Using where";
        String ref = scan ? null : "const";
        return new @Nullable Object[] {1L, "SIMPLE", step.group(2), type, key, key, null, ref, 1L, extra};
    }
}
