package dev.ephpm.sqldmanager;

/** What became of one step of a batch. */
public sealed interface StepOutcome {
    record Done(HranaResult result) implements StepOutcome {}

    record Refused(HranaError error) implements StepOutcome {}

    /** Its condition was not met. */
    record Skipped() implements StepOutcome {}
}
