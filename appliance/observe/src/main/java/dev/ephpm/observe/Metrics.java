package dev.ephpm.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The one registry of this node. Meters are registered once, at start; label values come from bounded sets only. */
public final class Metrics {
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    public MeterRegistry registry() {
        return registry;
    }

    /** The content type of {@link #scrape()}. */
    public String contentType() {
        return OPEN_METRICS;
    }

    /** All meters as OpenMetrics text. */
    public String scrape() {
        return registry.scrape(OPEN_METRICS);
    }
}
