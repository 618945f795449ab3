package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Claim;
import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.ResultSink;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a change and answers with the rows it touched. */
final class ReturningPlan implements Plan {
    private final Plan change;
    private final ReturnedRows rows;

    /** @param change gives the numbers of its rows to a {@link TouchedRows} */
    ReturningPlan(Plan change, ReturnedRows rows) {
        this.change = change;
        this.rows = rows;
    }

    @Override
    public Access access() {
        return change.access();
    }

    @Override
    public List<Column> columns() {
        return rows.columns();
    }

    @Override
    public Claim claim(List<Literal> literals) {
        return change.claim(rows.parts().ofChange(literals));
    }

    @Override
    public void run(Execution execution) throws SQLException {
        change.run(new Execution(
                execution.session(),
                execution.database(),
                rows.parts().ofChange(execution.literals()),
                new Answer(execution, rows)));
    }

    /** The rows are sent when the change knows them; that it is done needs no answer of its own. */
    private record Answer(Execution execution, ReturnedRows rows) implements TouchedRows {
        @Override
        public void touched(List<Long> rowids) throws SQLException {
            rows.send(execution, rowids);
        }

        @Override
        public void columns(List<Column> columns) {
            throw new IllegalStateException("a change has no columns of its own");
        }

        @Override
        public void row(@Nullable Object[] values) {
            throw new IllegalStateException("a change has no rows of its own");
        }

        @Override
        public void endOfRows() {
            // Said by the rows.
        }

        @Override
        public void done(long affectedRows, long lastInsertId, String info) {
            // The end of the rows says it.
        }
    }

    /** Who asked for a change and wants to know its rows. */
    interface TouchedRows extends ResultSink {
        /** Called once: after rows were written, before they are deleted. */
        void touched(List<Long> rowids) throws SQLException;
    }
}
