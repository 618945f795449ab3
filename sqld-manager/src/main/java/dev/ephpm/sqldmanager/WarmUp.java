package dev.ephpm.sqldmanager;

import dev.ephpm.config.SiteName;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Touches every site of a replica that has just started, one after the other: a site replicates only from its first touch on.
 * Sites that do not open, because their home is away, are tried again and again.
 */
final class WarmUp {
    private static final Logger LOGGER = LoggerFactory.getLogger(WarmUp.class);
    /** sqld itself waits 100 s for a home that is away. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration BETWEEN = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final SqldAdmin admin;
    private final BooleanSupplier wanted;

    /** @param wanted false once the process that is warmed is gone */
    WarmUp(SqldAdmin admin, BooleanSupplier wanted) {
        this.admin = admin;
        this.wanted = wanted;
    }

    /** Blocks until all sites are open, or it is no longer wanted. */
    void run(String name, Collection<SiteName> sites) throws InterruptedException {
        long started = System.nanoTime();
        Set<SiteName> cold = new TreeSet<>(sites);
        Duration pause = Duration.ofMillis(200);
        while (!cold.isEmpty() && wanted.getAsBoolean()) {
            round(cold);
            if (!cold.isEmpty()) {
                LOGGER.debug("sqld {}: {} of {} sites do not open yet", name, cold.size(), sites.size());
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
        if (cold.isEmpty() && !sites.isEmpty()) {
            LOGGER.info(
                    "sqld {}: {} sites replicate again after {} ms",
                    name,
                    sites.size(),
                    Duration.ofNanos(System.nanoTime() - started).toMillis());
        }
    }

    /** One pass; ends early at the first site without an answer, for the others will have none either. */
    private void round(Set<SiteName> cold) throws InterruptedException {
        for (Iterator<SiteName> next = cold.iterator(); next.hasNext() && wanted.getAsBoolean(); ) {
            SiteName site = next.next();
            try {
                admin.stats(site, PATIENCE);
                next.remove();
            } catch (SqldException e) {
                if (e.reason() == SqldException.Reason.REFUSED) {
                    LOGGER.warn("{}; it is left alone until it is asked for", e.getMessage());
                    next.remove();
                } else {
                    LOGGER.debug("a site does not open", e);
                    return;
                }
            }
            Thread.sleep(BETWEEN);
        }
    }
}
