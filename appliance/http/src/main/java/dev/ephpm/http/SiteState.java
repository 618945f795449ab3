package dev.ephpm.http;

import dev.ephpm.config.SecurityConfig;
import dev.ephpm.config.ServerConfig;
import dev.ephpm.phpbridge.PhpTenant;
import dev.ephpm.sites.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the request path keeps about one version of a site. Shared by all event loops. */
final class SiteState {
    private static final Logger log = LoggerFactory.getLogger(SiteState.class);
    private static final FallbackChain UNUSABLE = FallbackChain.parse(List.of("=503"));
    private static final Set<String> DATABASE_SUFFIXES = Set.of("", "-wal", "-shm", "-journal");

    private final Site site;
    private final Optional<String> fault;
    private final FallbackChain fallback;
    private final List<String> indexFiles;
    private final @Nullable RateLimit rateLimit;
    private final Optional<Path> database;
    private final Function<Site, PhpTenant> tenants;
    private volatile @Nullable PhpTenant tenant;

    SiteState(Site site, ServerConfig server, Function<Site, PhpTenant> tenants) {
        this.site = site;
        Optional<String> problem = site.fault();
        FallbackChain chain = UNUSABLE;
        try {
            chain = FallbackChain.parse(site.config().fallback().orElse(server.fallback()));
        } catch (HttpException invalid) {
            log.error("site {} is answered with 503: {}", site.name(), invalid.getMessage());
            problem = Optional.of(String.valueOf(invalid.getMessage()));
        }
        this.fallback = chain;
        this.fault = problem;
        this.indexFiles = site.config().indexFiles().orElse(server.indexFiles());
        this.rateLimit = rateLimit(site, server.security());
        this.database = site.config()
                .databasePath()
                .map(path -> site.directory().resolve(path).normalize());
        this.tenants = tenants;
    }

    private static @Nullable RateLimit rateLimit(Site site, SecurityConfig security) {
        int rate = site.config().rateLimit().orElse(security.rateLimit());
        if (rate <= 0) {
            return null;
        }
        int inherited = security.rateLimit() > 0 && security.rateBurst() > 0 ? security.rateBurst() : rate;
        return new RateLimit(rate, site.config().rateBurst().orElse(inherited), System.nanoTime());
    }

    Site site() {
        return site;
    }

    /** Why the site is answered with 503, or empty. */
    Optional<String> fault() {
        return fault;
    }

    FallbackChain fallback() {
        return fallback;
    }

    List<String> indexFiles() {
        return indexFiles;
    }

    @Nullable
    RateLimit rateLimit() {
        return rateLimit;
    }

    /** Whether a file is the site's database, wherever site.toml put it. */
    boolean isDatabase(Path file) {
        return database.isPresent()
                && DATABASE_SUFFIXES.stream().anyMatch(suffix -> file.equals(Path.of(database.get() + suffix)));
    }

    /** Made on first use; may touch the disk, so never called on an event loop. */
    PhpTenant tenant() {
        PhpTenant made = tenant;
        if (made == null) {
            synchronized (this) {
                made = tenant;
                if (made == null) {
                    made = tenants.apply(site);
                    tenant = made;
                }
            }
        }
        return made;
    }
}
