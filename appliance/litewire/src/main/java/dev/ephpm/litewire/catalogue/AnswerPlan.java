package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Plan;
import java.sql.SQLException;
import java.util.List;

/** A statement that answers with rows computed from the catalogue or the session. */
record AnswerPlan(Access access, List<Column> columns, Source source) implements Plan {
    @Override
    public void run(Execution execution) throws SQLException {
        new Answer(columns, source.rows(execution)).send(execution);
    }

    /** Computes the rows. */
    @FunctionalInterface
    interface Source {
        List<Rows.Row> rows(Execution execution) throws SQLException;
    }
}
