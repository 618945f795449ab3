package dev.ephpm.litewire.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The differences we know of, one line each: {@code <statement> <kind> <reason>}. The list may only shrink: a new difference
 * fails, and so does a line whose difference is gone.
 */
final class Ratchet {
    private final Set<String> known = new HashSet<>();

    Ratchet(Corpus corpus) throws IOException {
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
            gone.remove(difference.key());
            if (!known.contains(difference.key())) {
                complaints.add("new difference: " + difference);
            }
        }
        gone.stream().sorted().forEach(key -> complaints.add("no longer different, remove its line: " + key));
        return complaints;
    }
}
