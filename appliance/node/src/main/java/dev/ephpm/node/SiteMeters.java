package dev.ephpm.node;

import dev.ephpm.observe.Metrics;
import dev.ephpm.sites.Sites;
import io.micrometer.core.instrument.Gauge;

/** How many sites there are, and how many of them cannot be served. */
final class SiteMeters {
    private SiteMeters() {}

    static void register(Metrics metrics, Sites sites) {
        for (boolean faulty : new boolean[] {false, true}) {
            Gauge.builder("ephpm.sites", sites, current -> count(current, faulty))
                    .description("Sites of this node")
                    .tag("state", faulty ? "faulty" : "serving")
                    .register(metrics.registry());
        }
    }

    private static double count(Sites sites, boolean faulty) {
        return sites.snapshot().sites().stream()
                .filter(site -> site.fault().isPresent() == faulty)
                .count();
    }
}
