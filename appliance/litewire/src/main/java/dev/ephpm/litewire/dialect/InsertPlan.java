package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Claim;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.Warnings;
import dev.ephpm.litewire.catalogue.SpellingBook;
import dev.ephpm.litewire.catalogue.Table;
import dev.ephpm.litewire.catalogue.TableColumn;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs INSERT, INSERT IGNORE, ON DUPLICATE KEY UPDATE and REPLACE of given rows, one after the other. */
final class InsertPlan implements Plan {
    private static final int MOST_SHORT_ROWS = 16;

    /** Rows of a SELECT that are held in memory. */
    private static final int MOST_SELECTED = 1_000_000;

    private final Dialect.Context context;
    private final Table table;
    private final boolean ignore;
    private final List<Row> rows;
    private final @Nullable Source source;
    private final List<StoredColumn> columns;
    private final @Nullable TableColumn autoIncrement;

    /**
     * One row.
     *
     * @param insert of a single row it may do nothing when the row conflicts; like MySQL it then uses up an id
     * @param update updates the row in the way, returns its AUTO_INCREMENT value when it changed
     * @param find the number of the row that {@code update} changes, when the statement returns it
     * @param clear deletes the rows in the way, for REPLACE
     * @param again inserts without regard for conflicts: after clearing, or to learn which key an ignored row hurts
     * @param notes text that is not plain comes into a key: what triggers note of it is to be folded
     * @param bound where the columns' values come from, by lower-case name
     * @param keySlots literals that become values of unique keys
     */
    record Row(
            Compilation.Finished insert,
            Compilation.@Nullable Finished update,
            Compilation.@Nullable Finished find,
            Compilation.@Nullable Finished clear,
            Compilation.@Nullable Finished again,
            @Nullable Similar similar,
            boolean notes,
            Map<String, Binding> bound,
            List<Integer> keySlots) {}

    /**
     * Unique text that SQLite's indexes let pass.
     *
     * @param find gives the number of each unique key that another row has already
     */
    record Similar(List<Table.Key> keys, Compilation.Finished find) {}

    /** A query whose rows are inserted by the only {@link Row}; their values are literals behind those of the statement. */
    record Source(Compilation.Finished query, List<Queries.Output> outputs) {
        List<Literal> literals(SqliteCursor cursor) throws SQLException {
            List<Literal> values = new ArrayList<>(outputs.size());
            for (int i = 0; i < outputs.size(); i++) {
                Queries.Output output = outputs.get(i);
                values.add(LiteralTypes.literal(Values.of(cursor.value(i), output.type(), output.origin())));
            }
            return values;
        }
    }

    InsertPlan(
            Dialect.Context context,
            Table table,
            boolean ignore,
            List<Row> rows,
            @Nullable Source source,
            List<StoredColumn> columns,
            @Nullable TableColumn autoIncrement) {
        this.context = context;
        this.table = table;
        this.ignore = ignore;
        this.rows = rows;
        this.source = source;
        this.columns = columns;
        this.autoIncrement = autoIncrement;
    }

    @Override
    public Claim claim(List<Literal> literals) {
        Set<Object> values = new HashSet<>();
        for (Row row : source == null ? rows : List.<Row>of()) {
            for (int slot : row.keySlots()) {
                values.addAll(Claims.value(literals.get(slot)));
            }
        }
        // Whoever steps aside would get another id when its row is inserted again.
        return new Claim(Set.of(table.name()), values, autoIncrement != null);
    }

    @Override
    public boolean isShort(List<Literal> literals) {
        return source == null
                && rows.size() <= MOST_SHORT_ROWS
                && rows.stream().noneMatch(row -> Claims.waits(row.insert()));
    }

    @Override
    public Access access() {
        return Access.WRITE;
    }

    /** What the rows so far have done. */
    private static final class Outcome {
        private long affected;
        private long duplicates;
        private long firstGenerated;
        private long lastGiven;
        private long unusedIds;

        /** Ids that rows of a SELECT got, and the most they wanted: a row that is not inserted leaves its to the next. */
        private long generatedIds;

        private long wantedIds;
        private int row;
        private int rows;
        private final List<Long> touched = new ArrayList<>();
    }

    @Override
    public void run(Execution execution) throws SQLException {
        Outcome outcome = new Outcome();
        RunningStatement.run(execution.session(), columns, running -> {
            insertAll(execution, running, outcome);
            spendUnusedIds(execution, outcome);
            outcome.lastGiven = running.assignedId() != 0 ? running.assignedId() : outcome.lastGiven;
        });
        if (execution.sink() instanceof ReturningPlan.TouchedRows asker) {
            asker.touched(outcome.touched);
        }
        if (outcome.firstGenerated != 0) {
            execution.session().setLastInsertId(outcome.firstGenerated);
        }
        boolean allRefused = ignore && outcome.affected == 0;
        long given = allRefused ? 0 : outcome.lastGiven;
        long id = outcome.firstGenerated != 0 ? outcome.firstGenerated : given;
        String info = source != null || rows.size() > 1
                ? "Records: " + outcome.rows + "  Duplicates: " + outcome.duplicates + "  Warnings: "
                        + execution.session().warnings().count()
                : "";
        execution.sink().done(outcome.affected, id, info);
    }

    private void insertAll(Execution execution, RunningStatement running, Outcome outcome) throws SQLException {
        if (source != null) {
            insertSelected(source, execution, running, outcome);
            return;
        }
        outcome.rows = rows.size();
        for (int i = 0; i < rows.size(); i++) {
            running.row(i + 1);
            outcome.row = i;
            insertAndFold(rows.get(i), execution, outcome);
        }
    }

    private void insertAndFold(Row row, Execution execution, Outcome outcome) throws SQLException {
        insert(row, execution, outcome);
        if (row.notes()) {
            boolean _ = new SpellingBook(execution.database()).fold(context.schema());
        }
    }

    /** All rows are read before the first is inserted, which may be into a table that they come from. */
    private void insertSelected(Source selected, Execution execution, RunningStatement running, Outcome outcome)
            throws SQLException {
        List<List<Literal>> found = new ArrayList<>();
        try (SqliteCursor cursor = execution
                .database()
                .query(selected.query().sql(), Binding.values(selected.query().bindings(), execution))) {
            while (cursor.next()) {
                found.add(selected.literals(cursor));
                if (found.size() > MOST_SELECTED) {
                    throw SqlErrorCode.OUT_OF_MEMORY.with(0);
                }
            }
        }
        outcome.rows = found.size();
        int number = 0;
        for (List<Literal> values : found) {
            number++;
            running.row(number);
            List<Literal> literals = new ArrayList<>(execution.literals());
            literals.addAll(values);
            insertAndFold(
                    rows.getFirst(),
                    new Execution(execution.session(), execution.database(), literals, execution.sink()),
                    outcome);
        }
    }

    private void insert(Row row, Execution execution, Outcome outcome) throws SQLException {
        Map<Binding, @Nullable Object> values = new HashMap<>();
        try {
            if (row.similar() != null && meetsSimilar(row, row.similar(), values, execution, outcome)) {
                return;
            }
            long inserted = insertUnlessInTheWay(row, values, execution);
            if (inserted == 0 && row.update() != null) {
                noteUnusedId(row, values, outcome);
                update(row, row.update(), values, execution, outcome);
                return;
            }
            if (inserted == 0 && row.clear() != null) {
                outcome.affected += clear(row.clear(), values, execution);
                outcome.duplicates++;
            }
            if (inserted == 0 && row.again() != null) {
                inserted = change(row.again(), values, execution);
            }
            outcome.affected += inserted;
            if (inserted > 0 && execution.sink() instanceof ReturningPlan.TouchedRows) {
                outcome.touched.add(execution.database().lastInsertRowid());
            }
            noteId(row, values, execution, outcome);
        } catch (SQLException e) {
            failed(e, row, values, execution, outcome);
        }
    }

    /** Whether a similar row is in the way and nothing is left to insert. */
    private boolean meetsSimilar(
            Row row, Similar similar, Map<Binding, @Nullable Object> values, Execution execution, Outcome outcome)
            throws SQLException {
        Table.Key key = null;
        try (SqliteCursor cursor =
                execution.database().query(similar.find().sql(), values(similar.find(), values, execution))) {
            if (cursor.next() && cursor.value(0) instanceof Long index) {
                key = similar.keys().get(index.intValue());
            }
        }
        if (key == null) {
            return false;
        }
        if (row.clear() != null) {
            outcome.affected += clear(row.clear(), values, execution);
            outcome.duplicates++;
            return false;
        }
        noteUnusedId(row, values, outcome);
        if (source == null && rows.size() == 1) {
            SpentIds.advance(execution.database(), table.name(), outcome.unusedIds);
        }
        if (row.update() != null) {
            update(row, row.update(), values, execution, outcome);
            return true;
        }
        refuse(ConstraintErrors.duplicate(key, column -> text(row, values, column)), values, execution, outcome);
        return true;
    }

    /** Zero when another row is in the way and the statement knows what to do about it. */
    private static long insertUnlessInTheWay(Row row, Map<Binding, @Nullable Object> values, Execution execution)
            throws SQLException {
        try {
            return change(row.insert(), values, execution);
        } catch (SQLException e) {
            boolean prepared = row.update() != null || row.clear() != null;
            if (prepared && ConstraintErrors.isDuplicate(e)) {
                return 0;
            }
            throw e;
        }
    }

    private static long change(
            Compilation.Finished statement, Map<Binding, @Nullable Object> values, Execution execution)
            throws SQLException {
        return execution.database().update(statement.sql(), values(statement, values, execution));
    }

    /** Deletes what is in the way. A row that is replaced by itself does not count. */
    private static long clear(Compilation.Finished clear, Map<Binding, @Nullable Object> values, Execution execution)
            throws SQLException {
        long deleted = 0;
        try (SqliteCursor cursor = execution.database().query(clear.sql(), values(clear, values, execution))) {
            while (cursor.next()) {
                boolean same = cursor.value(0) instanceof Long flag && flag == 1;
                deleted += same ? 0 : 1;
            }
        }
        return deleted;
    }

    /** Each value is converted once, so that it warns once. */
    private static List<@Nullable Object> values(
            Compilation.Finished statement, Map<Binding, @Nullable Object> known, Execution execution) {
        List<@Nullable Object> values = new ArrayList<>(statement.bindings().size());
        for (Binding binding : statement.bindings()) {
            if (!known.containsKey(binding)) {
                known.put(binding, binding.value(execution));
            }
            values.add(known.get(binding));
        }
        return values;
    }

    private void noteUnusedId(Row row, Map<Binding, @Nullable Object> values, Outcome outcome) {
        Binding given = autoIncrement == null
                ? null
                : row.bound().get(autoIncrement.name().toLowerCase(Locale.ROOT));
        boolean unused = given != null && values.get(given) == null;
        outcome.unusedIds += unused ? 1 : 0;
        outcome.wantedIds = unused ? outcome.generatedIds + 1 : outcome.wantedIds;
    }

    /** MySQL takes an id for each row before it tries, and does not give those back that rows in the way left unused. */
    private void spendUnusedIds(Execution execution, Outcome outcome) throws SQLException {
        if (source != null) {
            long reserved = outcome.wantedIds + SpentIds.unusedAfter(outcome.wantedIds);
            SpentIds.advance(execution.database(), table.name(), reserved - outcome.generatedIds);
            return;
        }
        // Of a single row SQLite itself does not give the id back that it tried.
        if (rows.size() > 1) {
            SpentIds.advance(execution.database(), table.name(), outcome.unusedIds);
        }
    }

    private void noteId(Row row, Map<Binding, @Nullable Object> values, Execution execution, Outcome outcome)
            throws SQLException {
        if (autoIncrement == null) {
            return;
        }
        Binding given = row.bound().get(autoIncrement.name().toLowerCase(Locale.ROOT));
        Object value = given == null ? null : values.get(given);
        outcome.generatedIds += value instanceof Long ? 0 : 1;
        outcome.wantedIds = Math.max(outcome.wantedIds, outcome.generatedIds);
        if (value instanceof Long id) {
            outcome.lastGiven = id;
        } else if (outcome.firstGenerated == 0) {
            outcome.firstGenerated = generated(autoIncrement, execution);
        }
        if (execution.session().transactions().active()) {
            execution
                    .session()
                    .transactions()
                    .reserve(table.name(), execution.database().lastInsertRowid());
        }
    }

    /** A row that was refused when it had its id already: InnoDB does not take back what the statement has reserved. */
    private void reserveIds(Map<Binding, @Nullable Object> values, Execution execution, Outcome outcome)
            throws SQLException {
        if (autoIncrement == null) {
            return;
        }
        Binding given = rows.get(outcome.row).bound().get(autoIncrement.name().toLowerCase(Locale.ROOT));
        if (given != null && values.get(given) != null) {
            return;
        }
        long last = SpentIds.last(execution.database(), table.name());
        execution.session().transactions().reserve(table.name(), last + outcome.rows - outcome.row);
    }

    private long generated(TableColumn column, Execution execution) throws SQLException {
        long rowid = execution.database().lastInsertRowid();
        boolean isRowid = table.keys().stream()
                .anyMatch(k -> k.kind() == Table.Key.Kind.PRIMARY && k.parts().size() == 1);
        if (isRowid) {
            return rowid;
        }
        String sql = "SELECT " + Sql.name(column.name()) + " FROM " + Sql.name(table.name()) + " WHERE rowid = ?1";
        try (SqliteCursor cursor = execution.database().query(sql, List.of(rowid))) {
            return cursor.next() && cursor.value(0) instanceof Long id ? id : rowid;
        }
    }

    private void update(
            Row row,
            Compilation.Finished update,
            Map<Binding, @Nullable Object> values,
            Execution execution,
            Outcome outcome)
            throws SQLException {
        noteUpdated(row, values, execution, outcome);
        try (SqliteCursor cursor = execution.database().query(update.sql(), values(update, values, execution))) {
            if (!cursor.next()) {
                outcome.affected += context.countsFoundRows() ? 1 : 0;
                return;
            }
            outcome.affected += 2;
            outcome.duplicates += ignore ? 0 : 1;
            if (source == null && autoIncrement != null && cursor.value(0) instanceof Long id) {
                outcome.lastGiven = id;
            }
            // The change is complete only when the cursor is at its end.
            boolean more = cursor.next();
            while (more) {
                more = cursor.next();
            }
        }
    }

    private static void noteUpdated(
            Row row, Map<Binding, @Nullable Object> values, Execution execution, Outcome outcome) throws SQLException {
        if (row.find() == null) {
            return;
        }
        try (SqliteCursor cursor =
                execution.database().query(row.find().sql(), values(row.find(), values, execution))) {
            if (cursor.next() && cursor.value(0) instanceof Long rowid) {
                outcome.touched.add(rowid);
            }
        }
    }

    private void failed(
            SQLException failure, Row row, Map<Binding, @Nullable Object> values, Execution execution, Outcome outcome)
            throws SQLException {
        Optional<SqlError> error = ConstraintErrors.of(failure, context, table, column -> text(row, values, column));
        if (error.isEmpty()) {
            throw failure;
        }
        if (error.get().code() == SqlErrorCode.DUPLICATE_ENTRY) {
            noteUnusedId(row, values, outcome);
        }
        refuse(error.get(), values, execution, outcome);
    }

    private void refuse(SqlError error, Map<Binding, @Nullable Object> values, Execution execution, Outcome outcome)
            throws SQLException {
        if (!ignore) {
            if (error.code() != SqlErrorCode.COLUMN_CANNOT_BE_NULL) {
                reserveIds(values, execution, outcome);
            }
            throw error;
        }
        Binding given = autoIncrement == null
                ? null
                : rows.get(outcome.row).bound().get(autoIncrement.name().toLowerCase(Locale.ROOT));
        if (given != null && values.get(given) instanceof Long id) {
            outcome.lastGiven = id;
        }
        outcome.duplicates++;
        execution.session().warnings().add(Warnings.Level.WARNING, error.code().number(), error.getMessage());
    }

    private static String text(Row row, Map<Binding, @Nullable Object> values, String column) {
        Binding binding = row.bound().get(column.toLowerCase(Locale.ROOT));
        Object value = binding == null ? null : values.get(binding);
        return switch (value) {
            case null -> "";
            case Double real -> Doubles.text(real);
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            default -> value.toString();
        };
    }
}
