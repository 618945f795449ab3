package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.Transactions;
import java.sql.SQLException;

/** Transaction control. */
final class TransactionPlan implements Plan {
    private final Control control;

    /** What to do with the session's transactions. */
    interface Control {
        void apply(Transactions transactions) throws SQLException;
    }

    TransactionPlan(Control control) {
        this.control = control;
    }

    @Override
    public Access access() {
        return Access.TRANSACTION;
    }

    @Override
    public void run(Execution execution) throws SQLException {
        control.apply(execution.session().transactions());
        execution.sink().done(0, 0, "");
    }
}
