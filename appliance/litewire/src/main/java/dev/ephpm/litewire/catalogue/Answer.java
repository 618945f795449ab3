package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Execution;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The complete result of a SHOW or maintenance statement. */
record Answer(List<Column> columns, List<Rows.Row> rows) {
    void send(Execution execution) {
        execution.session().setFoundRows(rows.size());
        execution.sink().columns(columns);
        for (Rows.Row row : rows) {
            execution.sink().row(row.values().toArray());
        }
        execution.sink().endOfRows();
    }

    static Rows.Row row(@Nullable Object... values) {
        return new Rows.Row(Rows.list(values));
    }
}
