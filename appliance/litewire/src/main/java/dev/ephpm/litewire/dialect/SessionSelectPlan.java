package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A SELECT of nothing but literals and session values; SQLite is not asked. */
final class SessionSelectPlan implements Plan {
    private final List<Binding> values;
    private final ResultShape shape;

    SessionSelectPlan(List<Binding> values, ResultShape shape) {
        this.values = values;
        this.shape = shape;
    }

    @Override
    public Access access() {
        return Access.SESSION;
    }

    @Override
    public List<Column> columns() {
        return shape.expected();
    }

    @Override
    public void run(Execution execution) {
        @Nullable Object[] row = Binding.values(values, execution).toArray();
        shape.described(execution).convert(row);
        execution.sink().columns(shape.columns(execution, row));
        execution.sink().row(row);
        execution.session().setFoundRows(1);
        execution.sink().endOfRows();
    }
}
