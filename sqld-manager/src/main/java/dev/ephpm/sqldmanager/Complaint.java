package dev.ephpm.sqldmanager;

import java.util.Optional;

/** Lines of sqld's log that mean something to whoever watches replication. */
public enum Complaint {
    /** The last stop was not clean: a new log, so every replica fetches everything. */
    LOG_REBUILT("Replication log is dirty, recovering from database file"),
    /** The replica throws its copy away. */
    COPY_DROPPED("trying to replicate incompatible logs, reseting replica and nuking db dir"),
    RESET_RECEIVED("received reset signal for"),
    CORRUPTION_SUSPECTED("potential corruption detected while replicating"),
    /** The namespace is gone at its home and not here: an endless loop until it is deleted here too. */
    NOT_AT_HOME("doesn't exist, trying to replicate again");

    private final String words;

    Complaint(String words) {
        this.words = words;
    }

    static Optional<Complaint> in(String line) {
        for (Complaint complaint : values()) {
            if (line.contains(complaint.words)) {
                return Optional.of(complaint);
            }
        }
        return Optional.empty();
    }
}
