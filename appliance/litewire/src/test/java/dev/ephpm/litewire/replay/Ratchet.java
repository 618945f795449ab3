package dev.ephpm.litewire.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The differences we know of, one line each: {@code <statement> <kind> <reason>}. The list may only shrink: a new difference
 * fails, and so does a line whose difference is gone.
 */
final class Ratchet {
    private static final String BEFORE_REASON = " # ";

    private final Set<String> known = new HashSet<>();
    private final Function<Difference, String> key;

    /** @param key what a line of the list names */
    private Ratchet(Function<Difference, String> key) {
        this.key = key;
    }

    /** A list that names statements by their text: {@code <kind> <statement> # <reason>}. */
    static Ratchet ofStatements(Path list) throws IOException {
        Ratchet ratchet = new Ratchet(difference -> difference.kind() + " " + difference.sql());
        for (String line : Files.readAllLines(list)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int end = line.lastIndexOf(BEFORE_REASON);
                if (end < 0) {
                    throw new IllegalStateException("a known difference needs a reason: " + line);
                }
                ratchet.known.add(line.substring(0, end));
            }
        }
        return ratchet;
    }

    Ratchet(Corpus corpus) throws IOException {
        this(Difference::key);
        for (String line : Files.readAllLines(corpus.knownDifferences())) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split(" ", 3);
                if (parts.length < 3) {
                    throw new IllegalStateException("a known difference needs a reason: " + line);
                }
                known.add(parts[0] + " " + parts[1]);
            }
        }
    }

    /** Complaints; empty when the differences are exactly the known ones. */
    List<String> complaints(List<Difference> differences) {
        List<String> complaints = new ArrayList<>();
        Set<String> gone = new HashSet<>(known);
        for (Difference difference : differences) {
            gone.remove(key.apply(difference));
            if (!known.contains(key.apply(difference))) {
                complaints.add("new difference: " + difference);
            }
        }
        gone.stream().sorted().forEach(line -> complaints.add("no longer different, remove its line: " + line));
        return complaints;
    }
}
