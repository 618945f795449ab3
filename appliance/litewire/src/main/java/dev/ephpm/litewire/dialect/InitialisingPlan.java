package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import java.sql.SQLException;
import java.util.List;

/** Runs {@code (SELECT @n := 0)} of a FROM clause before the query it stands in, as MySQL does. */
final class InitialisingPlan implements Plan {
    private final List<Compilation.Finished> first;
    private final Plan rest;

    InitialisingPlan(List<Compilation.Finished> first, Plan rest) {
        this.first = first;
        this.rest = rest;
    }

    @Override
    public Access access() {
        return rest.access();
    }

    @Override
    public List<Column> columns() {
        return rest.columns();
    }

    @Override
    public void run(Execution execution) throws SQLException {
        RunningStatement.run(execution.session(), List.of(), _ -> {
            for (Compilation.Finished query : first) {
                try (SqliteCursor cursor =
                        execution.database().query(query.sql(), Binding.values(query.bindings(), execution))) {
                    while (cursor.next()) {
                        // Its effect is what counts.
                    }
                }
            }
        });
        rest.run(execution);
    }
}
