package dev.ephpm.sites;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All sites at one moment.
 *
 * @param byName without the fallback site; an alias (a symbolic link to a sibling's directory) leads to the sibling's site
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

    /** A site by its own name, {@link Site#FALLBACK} included; aliases lead to their site. */
    public Optional<Site> find(String name) {
        return name.equals(Site.FALLBACK) ? fallback : Optional.ofNullable(byName.get(name));
    }

    /** Every site once, the fallback site included. */
    public Collection<Site> sites() {
        Set<Site> sites = Collections.newSetFromMap(new IdentityHashMap<>());
        sites.addAll(byName.values());
        fallback.ifPresent(sites::add);
        return sites;
    }
}
