package dev.ephpm.sites;

import dev.ephpm.config.SiteConfig;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One site as it was when a snapshot was taken. Immutable; a changed site is a new object, so caches may key on identity.
 *
 * @param name the domain in lower case, or {@link #FALLBACK} for {@code server.document_root}
 * @param directory the site directory with symbolic links resolved, as of the snapshot
 * @param documentRoot where files are served from, links resolved; inside {@code directory} unless it is the fallback site
 * @param fault why the site cannot be served (answered 503, said in the log), or empty
 */
public record Site(String name, Path directory, Path documentRoot, SiteConfig config, Optional<String> fault) {
    /** Name of the site that answers for hosts no site directory matches. */
    public static final String FALLBACK = "_default";
}
