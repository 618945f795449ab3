package dev.ephpm.sqldmanager;

import java.util.List;

/** When a step of a batch runs; other steps are named by their index, from 0. */
public sealed interface HranaCondition {
    record Succeeded(int step) implements HranaCondition {}

    record Failed(int step) implements HranaCondition {}

    record Not(HranaCondition condition) implements HranaCondition {}

    record All(List<HranaCondition> conditions) implements HranaCondition {
        public All {
            conditions = List.copyOf(conditions);
        }
    }

    record Any(List<HranaCondition> conditions) implements HranaCondition {
        public Any {
            conditions = List.copyOf(conditions);
        }
    }

    /** No transaction is open. */
    record IsAutocommit() implements HranaCondition {}
}
