package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Claim;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.catalogue.SpellingBook;
import dev.ephpm.litewire.catalogue.Table;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs INSERT … SELECT as one statement. */
final class InsertSelectPlan implements Plan {
    private final Dialect.Context context;
    private final Table table;
    private final Compilation.Finished insert;
    private final boolean returns;
    private final @Nullable Settlement settlement;
    private final List<StoredColumn> columns;
    private final boolean counts;
    private final boolean given;

    /** Text comes into keys: what to do about rows that have an equal. */
    record Settlement(UniqueText unique, boolean returnsRowids, UniqueText.Remedy remedy) {}

    /**
     * @param returns whether {@code insert} gives the numbers of its rows because the statement returns them
     * @param counts whether the table has an AUTO_INCREMENT column
     * @param given whether the SELECT gives its values
     */
    InsertSelectPlan(
            Dialect.Context context,
            Table table,
            Compilation.Finished insert,
            boolean returns,
            @Nullable Settlement settlement,
            List<StoredColumn> columns,
            boolean counts,
            boolean given) {
        this.context = context;
        this.table = table;
        this.insert = insert;
        this.returns = returns;
        this.settlement = settlement;
        this.columns = columns;
        this.counts = counts;
        this.given = given;
    }

    @Override
    public Claim claim(List<Literal> literals) {
        return new Claim(Set.of(table.name()), Set.of(), true);
    }

    @Override
    public Access access() {
        return Access.WRITE;
    }

    private long insert(Execution execution) throws SQLException {
        if (returns) {
            return insertAndReturn(execution);
        }
        if (settlement == null) {
            return execution.database().update(insert.sql(), Binding.values(insert.bindings(), execution));
        }
        if (!settlement.returnsRowids()) {
            long inserted = execution.database().update(insert.sql(), Binding.values(insert.bindings(), execution));
            boolean _ = new SpellingBook(execution.database()).fold(context.schema());
            return inserted;
        }
        List<Long> rowids = UniqueText.changed(execution, insert);
        long gone = settlement.unique().settle(execution, context.schema(), rowids, settlement.remedy());
        return settlement.remedy() == UniqueText.Remedy.DROP_NEW ? rowids.size() - gone : rowids.size();
    }

    private long insertAndReturn(Execution execution) throws SQLException {
        List<Long> rowids = UniqueText.changed(execution, insert);
        if (settlement != null && settlement.returnsRowids()) {
            var _ = settlement.unique().settle(execution, context.schema(), rowids, settlement.remedy());
        } else if (settlement != null) {
            boolean _ = new SpellingBook(execution.database()).fold(context.schema());
        }
        if (execution.sink() instanceof ReturningPlan.TouchedRows asker) {
            asker.touched(rowids);
        }
        return rowids.size();
    }

    @Override
    public void run(Execution execution) throws SQLException {
        long[] changes = new long[1];
        long before = execution.database().lastInsertRowid();
        try {
            RunningStatement.run(execution.session(), columns, _ -> changes[0] = insert(execution));
        } catch (SQLException e) {
            Optional<SqlError> error = ConstraintErrors.of(e, context, table, _ -> "");
            if (error.isPresent()) {
                if (counts) {
                    SpentIds.reserveAfterFailure(execution, table.name(), before);
                }
                throw error.get();
            }
            throw e;
        }
        long inserted = changes[0];
        long id = 0;
        if (given && inserted > 0) {
            id = execution.database().lastInsertRowid();
        } else if (counts && inserted > 0) {
            // Ids of one statement follow each other.
            id = execution.database().lastInsertRowid() - inserted + 1;
            execution.session().setLastInsertId(id);
            long unused = SpentIds.unusedAfter(inserted);
            SpentIds.advance(execution.database(), table.name(), unused);
            execution.session().transactions().reserve(table.name(), id + inserted - 1 + unused);
        }
        String info = "Records: " + inserted + "  Duplicates: 0  Warnings: "
                + execution.session().warnings().count();
        execution.sink().done(inserted, id, info);
    }
}
