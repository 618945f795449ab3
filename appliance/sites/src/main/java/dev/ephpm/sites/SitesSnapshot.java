package dev.ephpm.sites;

import java.util.Map;
import java.util.Optional;

/**
 * All sites at one moment.
 *
 * @param byName without the fallback site
 * @param fallback the site of {@code server.document_root}, when configured
 */
public record SitesSnapshot(Map<String, Site> byName, Optional<Site> fallback) {
    public SitesSnapshot {
        byName = Map.copyOf(byName);
    }

    /** The site for a valid host name (see {@link HostName}), exact match, else the fallback site. */
    public Optional<Site> match(HostName host) {
        Site site = byName.get(host.value());
        return site != null ? Optional.of(site) : fallback;
    }
}
