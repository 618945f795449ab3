package dev.ephpm.walreplication;

import java.util.Optional;

/**
 * What is known of one site's copy on this node.
 *
 * @param head where the home's log ended when it last answered; empty if it never did, or is empty
 * @param applied how far the copy is; empty while it has nothing
 * @param lastError why the home's last answer did not come; empty if it came
 */
public record ReplicaStatus(
        ReplicaHealth health,
        Lag lag,
        Optional<Position> head,
        Optional<Position> applied,
        Optional<String> lastError) {}
