package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Claim;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.catalogue.SpellingBook;
import dev.ephpm.litewire.catalogue.Table;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs UPDATE: counts the rows that match, changes those that would differ. */
final class UpdatePlan implements Plan {
    private final Dialect.Context context;
    private final Table table;
    private final List<Change> updates;
    private final List<Compilation.Finished> counts;
    private final List<StoredColumn> columns;

    /**
     * One UPDATE of one table.
     *
     * @param unique when text of unique keys may change: the statement then returns the rowids
     * @param notes text that is not plain may come into a key
     * @param rows when the statement is to run for one row after the other: their numbers. The statement finds that of its
     *     row behind the literals.
     */
    record Change(
            Compilation.Finished statement,
            @Nullable UniqueText unique,
            boolean notes,
            Compilation.@Nullable Finished rows) {}

    UpdatePlan(
            Dialect.Context context,
            Table table,
            List<Change> updates,
            List<Compilation.Finished> counts,
            List<StoredColumn> columns) {
        this.context = context;
        this.table = table;
        this.updates = updates;
        this.counts = counts;
        this.columns = columns;
    }

    @Override
    public Claim claim(List<Literal> literals) {
        // An UPDATE of a join may assign to several tables, of which only one is known here.
        return updates.size() == 1 ? Claims.of(Set.of(table.name()), literals) : Claim.UNKNOWN;
    }

    @Override
    public boolean isShort(List<Literal> literals) {
        return !claim(literals).everything()
                && updates.stream().noneMatch(change -> change.rows() != null || Claims.waits(change.statement()))
                && counts.stream().noneMatch(Claims::waits);
    }

    @Override
    public Access access() {
        return Access.WRITE;
    }

    /** Rows so far. */
    private static final class Outcome {
        private long matched;
        private long changed;
        private long id;
    }

    @Override
    public void run(Execution execution) throws SQLException {
        Outcome outcome = new Outcome();
        try {
            RunningStatement.run(execution.session(), columns, running -> {
                for (Compilation.Finished count : counts) {
                    outcome.matched += count(count, execution);
                }
                // Without a matching row no value is looked at, so none can be wrong.
                if (outcome.matched > 0) {
                    change(execution, outcome);
                }
                outcome.id = running.assignedId();
            });
        } catch (SQLException e) {
            Optional<SqlError> error = ConstraintErrors.of(e, context, table, _ -> "");
            if (error.isPresent()) {
                throw error.get();
            }
            throw e;
        }
        String info = "Rows matched: " + outcome.matched + "  Changed: " + outcome.changed + "  Warnings: "
                + execution.session().warnings().count();
        execution.sink().done(context.countsFoundRows() ? outcome.matched : outcome.changed, outcome.id, info);
    }

    private void change(Execution execution, Outcome outcome) throws SQLException {
        for (Change update : updates) {
            outcome.changed +=
                    update.rows() == null ? update(update, execution) : updateEach(update, update.rows(), execution);
        }
    }

    private long updateEach(Change update, Compilation.Finished rows, Execution execution) throws SQLException {
        long changed = 0;
        for (long rowid : UniqueText.changed(execution, rows)) {
            List<Literal> literals = new ArrayList<>(execution.literals());
            literals.add(new Literal.Whole(rowid));
            changed += update(
                    update, new Execution(execution.session(), execution.database(), literals, execution.sink()));
        }
        return changed;
    }

    private long update(Change update, Execution execution) throws SQLException {
        Compilation.Finished statement = update.statement();
        if (update.unique() != null) {
            List<Long> rowids = UniqueText.changed(execution, statement);
            var _ = update.unique().settle(execution, context.schema(), rowids, UniqueText.Remedy.REFUSE);
            return rowids.size();
        }
        long changed = execution.database().update(statement.sql(), Binding.values(statement.bindings(), execution));
        if (update.notes() && changed > 0) {
            boolean _ = new SpellingBook(execution.database()).fold(context.schema());
        }
        return changed;
    }

    private static long count(Compilation.Finished count, Execution execution) throws SQLException {
        try (SqliteCursor cursor =
                execution.database().query(count.sql(), Binding.values(count.bindings(), execution))) {
            return cursor.next() && cursor.value(0) instanceof Long rows ? rows : 0;
        }
    }
}
