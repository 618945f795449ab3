package dev.ephpm.http;

import dev.ephpm.phpbridge.PhpEngine;
import dev.ephpm.phpbridge.PhpTenant;
import dev.ephpm.sites.Site;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** What outlives a reload of the configuration. */
record Surroundings(
        PhpEngine php,
        Function<Site, PhpTenant> tenants,
        Readiness readiness,
        HttpMeters meters,
        AccessLog accessLog,
        List<Encoding> encodings,
        AtomicBoolean draining) {

    boolean isDraining() {
        return draining.get();
    }
}
