package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.Plan;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement's plan. Text that is not ASCII needs another collation than the indexes have, and parameters are
 * known only now; so there are two plans, the second one made when it is first needed.
 */
final class ByParametersPlan implements Plan {
    private final Plan ascii;
    private final Supplier<Plan> unicodeSupplier;
    private final int parameters;
    private volatile @Nullable Plan unicode;

    ByParametersPlan(Plan ascii, Supplier<Plan> unicodeSupplier, int parameters) {
        this.ascii = ascii;
        this.unicodeSupplier = unicodeSupplier;
        this.parameters = parameters;
    }

    @Override
    public Access access() {
        return ascii.access();
    }

    @Override
    public List<Column> columns() {
        return ascii.columns();
    }

    @Override
    public void run(Execution execution) throws SQLException {
        if (hasUnicode(execution)) {
            unicode().run(execution);
        } else {
            ascii.run(execution);
        }
    }

    private boolean hasUnicode(Execution execution) {
        int count = execution.literals().size();
        for (Literal literal : execution.literals().subList(Math.max(0, count - parameters), count)) {
            if (literal instanceof Literal.Text text && !Characters.isAscii(text.text())) {
                return true;
            }
        }
        return false;
    }

    private Plan unicode() {
        Plan made = unicode;
        if (made == null) {
            made = unicodeSupplier.get();
            unicode = made;
        }
        return made;
    }
}
