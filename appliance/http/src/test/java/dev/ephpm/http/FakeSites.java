package dev.ephpm.http;

import dev.ephpm.config.SiteConfig;
import dev.ephpm.sites.Site;
import dev.ephpm.sites.Sites;
import dev.ephpm.sites.SitesListener;
import dev.ephpm.sites.SitesSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Sites a test declares. */
final class FakeSites implements Sites {
    private final List<SitesListener> listeners = new ArrayList<>();
    private final Map<String, Site> byName = new HashMap<>();
    private Optional<Site> fallback = Optional.empty();
    private volatile SitesSnapshot snapshot = new SitesSnapshot(Map.of(), Optional.empty());

    static Site site(String name, Path directory, SiteConfig config) {
        try {
            Path real = directory.toRealPath();
            Path root = config.documentRoot().map(real::resolve).orElse(real).toRealPath();
            return new Site(name, real, root, config, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Site put(String name, Path directory) {
        return put(site(name, directory, SiteConfig.INHERITED));
    }

    synchronized Site put(Site site) {
        Site before;
        if (site.name().equals(Site.FALLBACK)) {
            before = fallback.orElse(null);
            fallback = Optional.of(site);
        } else {
            before = byName.put(site.name(), site);
        }
        snapshot = new SitesSnapshot(byName, fallback);
        for (SitesListener listener : listeners) {
            if (before == null) {
                listener.added(site);
            } else {
                listener.changed(before, site);
            }
        }
        return site;
    }

    synchronized void remove(String name) {
        Site site = Objects.requireNonNull(byName.remove(name));
        snapshot = new SitesSnapshot(byName, fallback);
        for (SitesListener listener : listeners) {
            listener.removed(site);
        }
    }

    @Override
    public SitesSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public synchronized void addListener(SitesListener listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        listeners.clear();
    }
}
