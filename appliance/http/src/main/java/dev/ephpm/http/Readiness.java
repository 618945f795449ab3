package dev.ephpm.http;

import java.util.Optional;

/** Whether this node can serve sites. Asked on an event loop for every {@code /_ephpm/ready}; must not block. */
@FunctionalInterface
public interface Readiness {
    /** What is still missing, as one lower-case word that may be shown to anybody; empty when ready. */
    Optional<String> obstacle();
}
