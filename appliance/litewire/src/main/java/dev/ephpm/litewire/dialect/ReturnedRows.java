package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.Plan;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The answer of RETURNING: what is selected of the rows that the statement has touched, in their order. */
final class ReturnedRows {
    private final SelectPlan select;
    private final Returning.Parts parts;

    /** @param query takes the rows' numbers as a JSON array in its last parameter */
    ReturnedRows(Compilation.Finished query, ResultShape shape, Returning.Parts parts) {
        this.select = new SelectPlan(Plan.Access.WRITE, Set.of(), query, shape, null);
        this.parts = parts;
    }

    List<Column> columns() {
        return select.columns();
    }

    Returning.Parts parts() {
        return parts;
    }

    /** Sends the rows with these numbers; {@code execution} is that of the whole statement. */
    void send(Execution execution, List<Long> rowids) throws SQLException {
        List<Literal> literals = new ArrayList<>(parts.ofItems(execution.literals()));
        literals.add(new Literal.Text(rowids.toString()));
        select.run(new Execution(execution.session(), execution.database(), literals, execution.sink()));
    }
}
