package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a primary says of a site's log.
 *
 * @param log identity of the log
 * @param frame last committed frame, or null while the log is empty
 * @param writesBlocked whether the primary refuses writes at present
 */
public record Head(UUID log, @Nullable Long frame, boolean writesBlocked) {
    public Head {
        requireNonNull(log, "log is null");
    }

    /** The last committed frame with its log, or empty while the log is empty. */
    public Optional<Position> position() {
        return frame == null ? Optional.empty() : Optional.of(new Position(log, frame));
    }
}
