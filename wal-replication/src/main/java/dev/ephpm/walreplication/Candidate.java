package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * A node that could become a site's home because it has a copy.
 *
 * @param node its name
 * @param position how far its copy has got
 */
public record Candidate(String node, Position position) {
    public Candidate {
        requireNonNull(node, "node is null");
        requireNonNull(position, "position is null");
    }

    /**
     * The one that loses least: the furthest in the log that the former home was last known to write; of equal ones the first by
     * name, so that everyone chooses alike. Empty if no copy is of that log.
     */
    public static Optional<Candidate> best(Position lastKnown, Collection<Candidate> candidates) {
        return candidates.stream()
                .filter(candidate -> candidate.position.log().equals(lastKnown.log()))
                .max(Comparator.comparingLong((Candidate candidate) -> candidate.position.frame())
                        .thenComparing(Candidate::node, Comparator.reverseOrder()));
    }

    /** How many frames that the former home is known to have written are missing here. */
    public long missing(Position lastKnown) {
        return Math.max(0, lastKnown.frame() - position.frame());
    }
}
