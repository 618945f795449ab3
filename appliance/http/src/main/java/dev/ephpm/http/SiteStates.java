package dev.ephpm.http;

import dev.ephpm.config.ServerConfig;
import dev.ephpm.phpbridge.PhpTenant;
import dev.ephpm.sites.Site;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The state of every site that has been asked for, one per site and version. */
final class SiteStates {
    private final Map<String, SiteState> byName = new ConcurrentHashMap<>();
    private final ServerConfig config;
    private final Function<Site, PhpTenant> tenants;

    SiteStates(ServerConfig config, Function<Site, PhpTenant> tenants) {
        this.config = config;
        this.tenants = tenants;
    }

    @SuppressWarnings("ReferenceEquality") // A changed site is a new object: see Site.
    SiteState of(Site site) {
        SiteState known = byName.get(site.name());
        if (known != null && known.site() == site) {
            return known;
        }
        return byName.compute(
                site.name(),
                (name, current) ->
                        current != null && current.site() == site ? current : new SiteState(site, config, tenants));
    }

    @Nullable
    SiteState forget(String name) {
        return byName.remove(name);
    }
}
