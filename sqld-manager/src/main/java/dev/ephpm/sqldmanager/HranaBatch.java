package dev.ephpm.sqldmanager;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements for one round trip. Every step but the first has a condition: without one, the steps after a refused BEGIN would
 * run and commit one by one.
 */
public final class HranaBatch {
    private final List<Step> steps;

    private HranaBatch(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** Each statement runs only if the one before it did. */
    public static HranaBatch chain(List<HranaStatement> statements) {
        if (statements.isEmpty()) {
            throw new IllegalArgumentException("a batch needs a statement");
        }
        Builder builder = new Builder(statements.getFirst());
        for (int index = 1; index < statements.size(); index++) {
            builder.step(new HranaCondition.Succeeded(index - 1), statements.get(index));
        }
        return builder.build();
    }

    /** BEGIN IMMEDIATE, the statements, COMMIT; ROLLBACK if any of it failed after BEGIN. Outcomes include those three. */
    public static HranaBatch transaction(List<HranaStatement> statements) {
        Builder builder = new Builder(HranaStatement.of("BEGIN IMMEDIATE"));
        int last = 0;
        for (HranaStatement statement : statements) {
            builder.step(new HranaCondition.Succeeded(last++), statement);
        }
        builder.step(new HranaCondition.Succeeded(last), HranaStatement.of("COMMIT"));
        HranaCondition notCommitted = new HranaCondition.Not(new HranaCondition.Succeeded(last + 1));
        builder.step(
                new HranaCondition.All(List.of(new HranaCondition.Succeeded(0), notCommitted)),
                HranaStatement.of("ROLLBACK"));
        return builder.build();
    }

    List<Step> steps() {
        return steps;
    }

    /** @param condition null for the first step only */
    record Step(@Nullable HranaCondition condition, HranaStatement statement) {}

    /** Puts a batch together. Not for several threads. */
    public static final class Builder {
        private final List<Step> steps = new ArrayList<>();

        public Builder(HranaStatement first) {
            steps.add(new Step(null, first));
        }

        public Builder step(HranaCondition condition, HranaStatement statement) {
            steps.add(new Step(condition, statement));
            return this;
        }

        public HranaBatch build() {
            return new HranaBatch(steps);
        }
    }
}
