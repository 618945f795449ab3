package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import dev.ephpm.config.SiteName;
import java.time.Instant;

/**
 * What a visitor has seen of a site, so that the next read anywhere is at least that fresh.
 *
 * @param site whose database it is about
 * @param position how far that database had got
 * @param expiry from when on it says nothing; whole seconds
 */
public record Bookmark(SiteName site, Position position, Instant expiry) {
    public Bookmark {
        requireNonNull(site, "site is null");
        requireNonNull(position, "position is null");
        requireNonNull(expiry, "expiry is null");
    }
}
