package dev.ephpm.phpbridge;

/**
 * A moment's view of an engine.
 *
 * @param version PHP's version, such as {@code 8.2.35}
 * @param crashes workers that ended other than by recycling, since start
 * @param shed requests refused because a queue was full or the wait too long, since start
 */
public record PhpStatus(
        boolean ready,
        String version,
        int workers,
        int busy,
        int queued,
        long requests,
        long crashes,
        long recycled,
        long timeouts,
        long shed) {}
