package dev.ephpm.sites;

import dev.ephpm.config.ConfigException;
import dev.ephpm.config.ConfigLoader;
import dev.ephpm.config.SiteConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** Reads one site from the disk; whatever is wrong becomes the site's fault, never an exception. */
final class SiteReader {
    private static final String SITE_TOML = "site.toml";

    private final Path sitesDir;
    private final Path dataDir;
    private final boolean privileged;

    /** @param privileged whether PHP runs as somebody else, so that ownership says who wrote a site.toml */
    SiteReader(Path sitesDir, Path dataDir, boolean privileged) {
        this.sitesDir = sitesDir;
        this.dataDir = dataDir;
        this.privileged = privileged;
    }

    /** The site of {@code server.document_root}; it has no {@code site.toml}. */
    static Site readFallback(Path documentRoot) {
        try {
            Path real = documentRoot.toRealPath();
            checkDirectory(real, "server.document_root " + documentRoot);
            return new Site(Site.FALLBACK, real, real, SiteConfig.INHERITED, Optional.empty());
        } catch (NoSuchFileException e) {
            return faulty(Site.FALLBACK, documentRoot, "server.document_root " + documentRoot + " does not exist");
        } catch (FaultException e) {
            return faulty(Site.FALLBACK, documentRoot, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return faulty(Site.FALLBACK, documentRoot, "server.document_root cannot be read: " + e.getMessage());
        }
    }

    Site read(String name, Path entry) {
        Path directory = entry;
        try {
            directory = entry.toRealPath();
            checkDirectory(directory, "the site directory " + entry);
            SiteConfig config = readConfig(directory);
            Path documentRoot = documentRoot(directory, config);
            return new Site(name, directory, documentRoot, withDatabasePath(directory, config), Optional.empty());
        } catch (FaultException | ConfigException e) {
            return faulty(name, directory, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return faulty(name, directory, "the site directory cannot be read: " + e.getMessage());
        }
    }

    /** What decides over a site's configuration. */
    static Stamp configStamp(Path entry) {
        return Stamp.of(entry.resolve(SITE_TOML));
    }

    private static SiteConfig readConfig(Path directory) {
        Path file = directory.resolve(SITE_TOML);
        return Files.exists(file) ? ConfigLoader.loadSite(file) : SiteConfig.INHERITED;
    }

    private static Path documentRoot(Path directory, SiteConfig config) throws IOException {
        if (config.documentRoot().isEmpty()) {
            return directory;
        }
        Path wanted = config.documentRoot().get();
        Path real;
        try {
            real = directory.resolve(wanted).toRealPath();
        } catch (NoSuchFileException e) {
            throw new FaultException("document_root \"" + wanted + "\" does not exist in " + directory + "; create it");
        }
        if (!real.startsWith(directory)) {
            throw new FaultException("document_root \"" + wanted + "\" leads out of the site directory to " + real
                    + "; keep it inside " + directory);
        }
        checkDirectory(real, "document_root \"" + wanted + "\"");
        return real;
    }

    private static void checkDirectory(Path directory, String what) {
        if (!Files.isDirectory(directory)) {
            throw new FaultException(what + " is not a directory; replace it by one");
        }
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            throw new FaultException(what + " cannot be read by the appliance; allow it with chmod or chown");
        }
    }

    /**
     * A site's PHP can usually write its own site.toml, and the appliance opens the database with its own rights: a path that
     * leaves the site must come from somebody else and must not lead into another site.
     */
    private SiteConfig withDatabasePath(Path directory, SiteConfig config) throws IOException {
        if (config.databasePath().isEmpty()) {
            return config;
        }
        Path file = directory.resolve(config.databasePath().get()).normalize();
        Path parent = file.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new FaultException("the directory of db.sqlite.path " + file + " does not exist; create it");
        }
        Path real = parent.toRealPath().resolve(file.getFileName());
        if (!real.startsWith(directory)) {
            checkOutside(real, directory.resolve(SITE_TOML));
        }
        return new SiteConfig(
                config.documentRoot(),
                config.indexFiles(),
                config.fallback(),
                config.memoryLimit(),
                config.maxExecutionTime(),
                config.iniOverrides(),
                config.env(),
                Optional.of(real),
                config.databaseName(),
                config.rateLimit(),
                config.rateBurst());
    }

    private void checkOutside(Path database, Path siteToml) throws IOException {
        if (database.startsWith(sitesDir.toRealPath())) {
            throw new FaultException(
                    "db.sqlite.path " + database + " belongs to another site; name a file of this one");
        }
        if (Files.exists(dataDir) && database.startsWith(dataDir.toRealPath())) {
            throw new FaultException("db.sqlite.path " + database + " lies in node.data_dir; name another directory");
        }
        if (privileged && !isOperators(siteToml)) {
            throw new FaultException("db.sqlite.path " + database + " lies outside the site directory, which only a "
                    + "site.toml owned by root and writable by nobody else may ask for; chown it");
        }
    }

    private static boolean isOperators(Path siteToml) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(siteToml, LinkOption.NOFOLLOW_LINKS);
        return Files.isRegularFile(siteToml, LinkOption.NOFOLLOW_LINKS)
                && Files.getAttribute(siteToml, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                        .equals(0)
                && !permissions.contains(PosixFilePermission.GROUP_WRITE)
                && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static Site faulty(String name, Path directory, String fault) {
        return new Site(name, directory, directory, SiteConfig.INHERITED, Optional.of(fault));
    }

    /** The site with a fault found later. */
    static Site withFault(Site site, String fault) {
        return faulty(site.name(), site.directory(), fault);
    }
}
