package dev.ephpm.litewire.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Counts a replay: every result is identical, different, one of several right answers, or a list of the server's own. */
final class Tally {
    private static final String WITNESS = ".whole";

    private final List<Difference> differences = new ArrayList<>();
    private int results;
    private int identical;
    private int ties;
    private int lists;
    private int refused;
    private final Set<String> notCompared;

    Tally(Map<String, Outcome> expected, Map<String, Outcome> actual) {
        this(expected, actual, Set.of());
    }

    /** @param notCompared kinds of difference that do not count */
    Tally(Map<String, Outcome> expected, Map<String, Outcome> actual, Set<String> notCompared) {
        this.notCompared = notCompared;
        for (Outcome outcome : expected.values()) {
            if (!outcome.id().endsWith(WITNESS)) {
                count(outcome, expected, actual);
            }
        }
        for (Outcome outcome : actual.values()) {
            if (!expected.containsKey(outcome.id())) {
                differences.add(new Difference(outcome.id(), "extra", outcome.sql(), "none", "an answer"));
            }
        }
    }

    private void count(Outcome outcome, Map<String, Outcome> expected, Map<String, Outcome> actual) {
        results++;
        Outcome other = actual.get(outcome.id());
        if (other == null) {
            differences.add(new Difference(outcome.id(), "missing", outcome.sql(), "an answer", "none"));
            return;
        }
        if (outcome.errorNumber() == 0 && other.errorNumber() != 0) {
            refused++;
        }
        List<Difference> found = Comparison.of(outcome, other).stream()
                .filter(d -> !notCompared.contains(d.kind()))
                .toList();
        if (found.isEmpty()) {
            identical++;
        } else if (ServerLists.isList(outcome) && ServerLists.agree(outcome, other, found)) {
            lists++;
        } else if (isTie(outcome, other, found, expected, actual)) {
            ties++;
        } else {
            differences.addAll(found);
        }
    }

    /** As many rows, and without LIMIT the same ones: the choice was among rows of equal sort keys. */
    private static boolean isTie(
            Outcome outcome,
            Outcome other,
            List<Difference> found,
            Map<String, Outcome> expected,
            Map<String, Outcome> actual) {
        String witness = outcome.id().substring(0, outcome.id().indexOf('.')) + WITNESS;
        Outcome whole = expected.get(witness);
        Outcome otherWhole = actual.get(witness);
        return found.size() == 1
                && found.getFirst().kind().equals("rows")
                && outcome.rows().size() == other.rows().size()
                && whole != null
                && otherWhole != null
                && whole.errorNumber() == 0
                && Comparison.of(whole, otherWhole).isEmpty();
    }

    List<Difference> differences() {
        return differences;
    }

    int results() {
        return results;
    }

    int refused() {
        return refused;
    }

    /** Of the results that have one right answer. */
    double identicalPercent() {
        return 100.0 * identical / (results - ties - lists);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d results, %d refused, %d with another choice among rows of equal sort keys under LIMIT, %d lists of a server's own, %d identical (%.2f %% of the others)",
                results,
                refused,
                ties,
                lists,
                identical,
                identicalPercent());
    }
}
