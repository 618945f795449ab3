package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Claim;
import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs one SELECT. */
final class SelectPlan implements Plan {
    private final Access access;
    private final Set<String> tables;
    private final Compilation.Finished query;
    private final ResultShape shape;
    private final @Nullable Counting counting;

    /** SQL_CALC_FOUND_ROWS: the query that counts, and where the limit's values come from. */
    record Counting(
            Compilation.Finished query,
            Binding count,
            @Nullable Binding offset) {}

    /** @param tables those it names */
    SelectPlan(
            Access access,
            Set<String> tables,
            Compilation.Finished query,
            ResultShape shape,
            @Nullable Counting counting) {
        this.access = access;
        this.tables = tables;
        this.query = query;
        this.shape = shape;
        this.counting = counting;
    }

    Compilation.Finished query() {
        return query;
    }

    @Override
    public Access access() {
        return access;
    }

    /** FOR UPDATE: rows that others are not to write. */
    @Override
    public Claim claim(List<Literal> literals) {
        return Claims.of(tables, literals);
    }

    @Override
    public List<Column> columns() {
        return shape.expected();
    }

    @Override
    public void run(Execution execution) throws SQLException {
        List<@Nullable Object> parameters = Binding.values(query.bindings(), execution);
        RunningStatement.run(execution.session(), List.of(), _ -> {
            long rows = send(execution, parameters);
            execution.session().setFoundRows(counting == null ? rows : found(execution, counting, rows));
            execution.sink().endOfRows();
        });
    }

    private long send(Execution execution, List<@Nullable Object> parameters) throws SQLException {
        try (SqliteCursor cursor = execution.database().query(query.sql(), parameters)) {
            boolean more = cursor.next();
            ResultShape.Described described = shape.described(execution);
            execution.sink().columns(described.columns());
            if (!more) {
                return 0;
            }
            long encoded = described.format() == null
                    ? -1
                    : execution.sink().rows(cursor, described.format(), () -> row(cursor, described));
            return encoded < 0 ? sendEach(execution, cursor, described) : encoded;
        }
    }

    private static long sendEach(Execution execution, SqliteCursor cursor, ResultShape.Described described)
            throws SQLException {
        long rows = 0;
        do {
            execution.sink().row(row(cursor, described));
            rows++;
        } while (cursor.next());
        return rows;
    }

    private static @Nullable Object[] row(SqliteCursor cursor, ResultShape.Described described) throws SQLException {
        @Nullable Object[] row = new @Nullable Object[described.width()];
        for (int i = 0; i < row.length; i++) {
            row[i] = cursor.value(i);
        }
        described.convert(row);
        return row;
    }

    /** Counts only when the limit may have cut rows off. */
    private static long found(Execution execution, Counting counting, long rows) throws SQLException {
        long offset = counting.offset() == null ? 0 : number(counting.offset().value(execution));
        long limit = number(counting.count().value(execution));
        boolean complete = rows < limit && (rows > 0 || offset == 0);
        if (complete) {
            return offset + rows;
        }
        List<@Nullable Object> parameters = Binding.values(counting.query().bindings(), execution);
        try (SqliteCursor cursor = execution.database().query(counting.query().sql(), parameters)) {
            return cursor.next() ? number(cursor.value(0)) : 0;
        }
    }

    private static long number(@Nullable Object value) {
        return value instanceof Long number ? number : 0;
    }
}
