package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.KeptRow;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.Plan;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes expressions by a SELECT and does something with the values, for DO and SET. */
final class EvaluatePlan implements Plan {
    private final Plan select;
    private final Dialect.Normalised text;
    private final Use use;

    /** What to do with the values. */
    interface Use {
        void apply(Execution execution, List<@Nullable Object> values);
    }

    EvaluatePlan(Dialect dialect, Dialect.Context context, String expressions, Use use) {
        this.text = dialect.normalise("SELECT " + expressions, context.mode());
        this.select = dialect.plan(text, context);
        this.use = use;
    }

    @Override
    public Access access() {
        return select.access();
    }

    @Override
    public void run(Execution execution) throws SQLException {
        KeptRow capture = new KeptRow();
        long found = execution.session().foundRows();
        select.run(new Execution(execution.session(), execution.database(), literals(execution), capture));
        execution.session().setFoundRows(found);
        use.apply(execution, capture.values());
        execution.sink().done(0, 0, "");
    }

    /** The expressions' own literals, then the parameters of the statement they stood in. */
    private List<Literal> literals(Execution execution) {
        List<Literal> literals = new ArrayList<>(text.literals());
        int count = execution.literals().size();
        literals.addAll(execution.literals().subList(count - text.parameters(), count));
        return literals;
    }
}
