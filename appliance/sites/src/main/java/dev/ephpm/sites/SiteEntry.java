package dev.ephpm.sites;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One entry of the sites directory as last read, with what must be looked at to notice a change.
 *
 * @param path {@code <sites_dir>/<name>}
 * @param directoryStamp of the directory behind the entry
 * @param target where the document root really is; only looked at again when links or {@code document_root} can move it
 */
record SiteEntry(
        Site site, Path path, boolean link, Stamp directoryStamp, Stamp configStamp, String target, boolean moving) {

    static SiteEntry of(Site site, Path path, Stamp configStamp) {
        boolean link = Files.isSymbolicLink(path);
        boolean moving =
                link || site.fault().isPresent() || site.config().documentRoot().isPresent();
        return new SiteEntry(site, path, link, Stamp.of(path), configStamp, target(site, path), moving);
    }

    /** The cheap look: one stat, and a resolution of links where there are some. A fault may have gone any time. */
    boolean isStale() {
        return site.fault().isPresent()
                || !configStamp.equals(SiteReader.configStamp(path))
                || (moving && !(target.equals(target(site, path)) && directoryStamp.isSame(Stamp.of(path))));
    }

    /** The look after the sites directory itself has changed. */
    boolean isReplaced() {
        return link != Files.isSymbolicLink(path) || !directoryStamp.isSame(Stamp.of(path));
    }

    private static String target(Site site, Path path) {
        Path documentRoot = site.config().documentRoot().map(path::resolve).orElse(path);
        try {
            Path real = documentRoot.toRealPath();
            return real + (Files.isDirectory(real) && Files.isReadable(real) ? "/" : "");
        } catch (IOException e) {
            return "";
        }
    }
}
