package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Claim;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.catalogue.Table;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Runs DELETE. */
final class DeletePlan implements Plan {
    /** Rows deleted by one SQLite statement of a multi-table DELETE. */
    private static final int BATCH = 10_000;

    private static final String FOREIGN_KEY = "FOREIGN KEY constraint failed";

    private final Dialect.Context context;
    private final List<Target> targets;
    private final boolean byRowid;

    /** A table and the statement that deletes from it, or that finds the rows to delete. */
    record Target(Table table, Compilation.Finished statement) {}

    DeletePlan(Dialect.Context context, List<Target> targets, boolean byRowid) {
        this.context = context;
        this.targets = targets;
        this.byRowid = byRowid;
    }

    @Override
    public Claim claim(List<Literal> literals) {
        return Claims.of(targets.stream().map(t -> t.table().name()).collect(Collectors.toUnmodifiableSet()), literals);
    }

    @Override
    public boolean isShort(List<Literal> literals) {
        return !claim(literals).everything() && targets.stream().noneMatch(target -> Claims.waits(target.statement()));
    }

    @Override
    public Access access() {
        return Access.WRITE;
    }

    @Override
    public void run(Execution execution) throws SQLException {
        long[] deleted = new long[1];
        try {
            RunningStatement.run(execution.session(), List.of(), _ -> {
                if (byRowid) {
                    deleted[0] = deleteFound(execution);
                } else {
                    Compilation.Finished delete = targets.getFirst().statement();
                    deleted[0] =
                            execution.database().update(delete.sql(), Binding.values(delete.bindings(), execution));
                }
            });
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).contains(FOREIGN_KEY)) {
                throw ConstraintErrors.parent(context, targets.getFirst().table(), Table.ForeignKey::onDelete);
            }
            throw e;
        }
        execution.sink().done(deleted[0], 0, "");
    }

    private long deleteFound(Execution execution) throws SQLException {
        List<List<Long>> found = new ArrayList<>();
        for (Target target : targets) {
            found.add(find(target.statement(), execution));
        }
        if (execution.sink() instanceof ReturningPlan.TouchedRows asker) {
            asker.touched(found.getFirst());
        }
        long deleted = 0;
        for (int i = 0; i < targets.size(); i++) {
            String sql = "DELETE FROM " + Sql.name(targets.get(i).table().name())
                    + " WHERE rowid IN (SELECT value FROM json_each(?1))";
            List<Long> rowids = found.get(i);
            for (int from = 0; from < rowids.size(); from += BATCH) {
                List<Long> batch = rowids.subList(from, Math.min(rowids.size(), from + BATCH));
                deleted += execution.database().update(sql, List.of(batch.toString()));
            }
        }
        return deleted;
    }

    private static List<Long> find(Compilation.Finished query, Execution execution) throws SQLException {
        List<Long> rowids = new ArrayList<>();
        try (SqliteCursor cursor =
                execution.database().query(query.sql(), Binding.values(query.bindings(), execution))) {
            while (cursor.next()) {
                // The outer side of a LEFT JOIN has no row.
                if (cursor.value(0) instanceof Long rowid) {
                    rowids.add(rowid);
                }
            }
        }
        return rowids;
    }
}
