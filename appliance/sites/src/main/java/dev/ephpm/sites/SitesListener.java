package dev.ephpm.sites;

/** Told of sites that came, changed or went. Must not block for long and must not throw. */
public interface SitesListener {
    void added(Site site);

    void changed(Site before, Site after);

    void removed(Site site);
}
