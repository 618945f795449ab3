package dev.ephpm.litewire.statistics;

import java.time.Duration;
import java.time.Instant;

/**
 * What the statements of one site that differ only in their values have cost together.
 *
 * @param hash 16 hexadecimal digits made of the text: the same on every node
 * @param text the statement with {@code ?} for each value and one value for a list; cut after {@link DigestText#LONGEST}
 *     characters
 * @param count how often it was run
 * @param errors of these, answered with an error
 * @param total time of all runs
 * @param shortest time of the quickest run
 * @param longest time of the slowest run
 * @param median time that half of the runs did not exceed, up to a half too long
 * @param p95 the same for 95 of 100 runs
 * @param lockWait time all runs waited for the site's writer
 */
public record Digest(
        String hash,
        String text,
        long count,
        long errors,
        Duration total,
        Duration shortest,
        Duration longest,
        Duration median,
        Duration p95,
        Duration lockWait,
        long rowsSent,
        long rowsAffected,
        Instant firstSeen,
        Instant lastSeen) {}
