package dev.ephpm.litewire;

import dev.ephpm.litewire.sqlite.ReplicatedFile;
import java.util.Optional;

/** Which sites are replicated, and where this node has them. Thread-safe. */
public interface Replicas {
    /** Empty for a site whose database is a file of this node alone. */
    Optional<ReplicatedFile> of(String site);
}
