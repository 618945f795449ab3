package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.Session;
import java.util.function.Consumer;

/** Changes the session and answers OK. */
final class SessionPlan implements Plan {
    private final Consumer<Session> change;

    SessionPlan(Consumer<Session> change) {
        this.change = change;
    }

    @Override
    public Access access() {
        return Access.SESSION;
    }

    @Override
    public void run(Execution execution) {
        change.accept(execution.session());
        execution.sink().done(0, 0, "");
    }
}
