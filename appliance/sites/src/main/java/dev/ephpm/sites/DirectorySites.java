package dev.ephpm.sites;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sites below a directory. One thread looks twice a second: a changed time of the directory tells of sites that came or
 * went, so its entries are listed only then; of each site only site.toml is looked at, and its links where it has some. That
 * is one system call per site and look, works on every file system, and cannot lose an event.
 */
public final class DirectorySites implements Sites {
    private static final Logger LOG = LoggerFactory.getLogger(DirectorySites.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);
    /** Times of directories are coarse: a listing this young may have missed something of the same instant. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final int LOOKS_BETWEEN_LISTINGS = 60;
    private static final int MOST_SITES = 20_000;

    private final @Nullable Path sitesDir;
    private final @Nullable Path fallbackRoot;
    private final SiteReader reader;
    private final List<SitesListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, SiteEntry> entries = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Thread watcher = new Thread(this::watch, "sites");

    private Set<String> ignored = new HashSet<>();
    private Stamp listed = Stamp.ABSENT;
    private int looks;
    private @Nullable SiteEntry fallback;
    private volatile SitesSnapshot snapshot = new SitesSnapshot(Map.of(), Optional.empty());
    private volatile boolean closed;

    private DirectorySites(Optional<Path> sitesDir, Optional<Path> documentRoot, Path dataDir) {
        this.sitesDir = sitesDir.orElse(null);
        this.fallbackRoot = documentRoot.orElse(null);
        boolean privileged = "root".equals(System.getProperty("user.name"));
        this.reader = new SiteReader(sitesDir.orElse(dataDir), dataDir, privileged);
    }

    /**
     * Reads all sites and follows the disk until closed.
     *
     * @param sitesDir {@code server.sites_dir}
     * @param documentRoot {@code server.document_root}
     * @param dataDir {@code node.data_dir}, where no site's database may lie
     */
    public static DirectorySites open(Optional<Path> sitesDir, Optional<Path> documentRoot, Path dataDir) {
        DirectorySites sites = read(sitesDir, documentRoot, dataDir);
        sites.watcher.setDaemon(true);
        sites.watcher.start();
        return sites;
    }

    /** Reads all sites once, for commands that end at once. */
    public static DirectorySites read(Optional<Path> sitesDir, Optional<Path> documentRoot, Path dataDir) {
        DirectorySites sites = new DirectorySites(sitesDir, documentRoot, dataDir);
        sites.look();
        return sites;
    }

    @Override
    public SitesSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public void addListener(SitesListener listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        closed = true;
        watcher.interrupt();
    }

    /** Brings the snapshot up to date now, whatever the times of files say. */
    public synchronized void refresh() {
        listed = Stamp.ABSENT;
        look();
    }

    private void watch() {
        while (!closed) {
            try {
                Thread.sleep(INTERVAL);
                look();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("Looking for changed sites failed; trying again", e);
            }
        }
    }

    /** One look at the disk. */
    synchronized void look() {
        Changes changes = new Changes();
        Path directory = sitesDir;
        if (directory != null) {
            List<String> names = isListingDue(directory) ? list(directory) : null;
            if (names != null) {
                follow(directory, names, changes);
            }
            rereadStale(changes);
        }
        rereadFallback(changes);
        changes.publish();
    }

    private boolean isListingDue(Path directory) {
        Stamp now = Stamp.of(directory);
        boolean young = System.currentTimeMillis() - now.modified().toMillis() < SETTLED.toMillis();
        boolean due = !now.equals(listed) || young || ++looks >= LOOKS_BETWEEN_LISTINGS;
        listed = now;
        return due;
    }

    private @Nullable List<String> list(Path directory) {
        looks = 0;
        Set<String> names = new TreeSet<>();
        Set<String> refused = new HashSet<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                String name = child.getFileName().toString();
                if (!isSiteName(name)) {
                    refused.add(name);
                } else if (names.size() < MOST_SITES && Files.isDirectory(child)) {
                    names.add(name);
                }
            }
        } catch (IOException e) {
            LOG.warn("server.sites_dir {} cannot be read, its sites stay as they were: {}", directory, e.toString());
            return null;
        }
        reportIgnored(refused);
        return List.copyOf(names);
    }

    private static boolean isSiteName(String name) {
        return !name.equals(Site.FALLBACK)
                && HostName.parse(name)
                        .filter(host -> host.value().equals(name))
                        .isPresent();
    }

    private void reportIgnored(Set<String> names) {
        for (String name : names) {
            if (!name.startsWith(".") && !ignored.contains(name)) {
                LOG.info("Ignoring \"{}\" in server.sites_dir: not a host name in lower case", name);
            }
        }
        ignored = names;
    }

    private void follow(Path directory, List<String> names, Changes changes) {
        Set<String> present = new HashSet<>(names);
        Map.copyOf(entries).forEach((name, entry) -> {
            if (!present.contains(name) || entry.isReplaced()) {
                changes.forget(name);
            }
        });
        aliases.clear();
        for (String name : names) {
            String canonical = canonicalName(directory, name, present);
            if (!canonical.equals(name)) {
                aliases.put(name, canonical);
                changes.forget(name);
            } else if (!entries.containsKey(name)) {
                changes.read(name, directory.resolve(name));
            }
        }
        changes.touch();
    }

    /** A link to a sibling's directory is the sibling's other name: {@code www.a.test -> a.test}. */
    private static String canonicalName(Path directory, String name, Set<String> names) {
        Path entry = directory.resolve(name);
        if (!Files.isSymbolicLink(entry)) {
            return name;
        }
        try {
            Path real = entry.toRealPath();
            String target =
                    real.getFileName() == null ? name : real.getFileName().toString();
            return directory.toRealPath().equals(real.getParent()) && names.contains(target) ? target : name;
        } catch (IOException e) {
            return name;
        }
    }

    private void rereadStale(Changes changes) {
        for (SiteEntry entry : List.copyOf(entries.values())) {
            if (entry.isStale()) {
                changes.read(entry.site().name(), entry.path());
            }
        }
    }

    private void rereadFallback(Changes changes) {
        Path root = fallbackRoot;
        if (root == null) {
            return;
        }
        SiteEntry before = fallback;
        Site site = SiteReader.readFallback(root);
        if (before == null || !before.site().equals(site) || before.isReplaced()) {
            fallback = SiteEntry.of(site, root, Stamp.ABSENT);
            changes.note(before == null ? null : before.site(), site);
        }
    }

    /** What one look has found, told to the listeners once the new snapshot stands. */
    private final class Changes {
        private final Map<String, Site> before = new HashMap<>();
        private final List<Runnable> news = new ArrayList<>();
        private boolean touched;

        void forget(String name) {
            SiteEntry entry = entries.remove(name);
            if (entry != null) {
                before.put(name, entry.site());
                touched = true;
            }
        }

        void read(String name, Path path) {
            SiteEntry known = entries.get(name);
            Site old = known != null ? known.site() : before.remove(name);
            Stamp configStamp = SiteReader.configStamp(path);
            Site site = separate(reader.read(name, path));
            if (old != null && known != null && old.equals(site)) {
                entries.put(name, SiteEntry.of(old, path, configStamp));
                return;
            }
            entries.put(name, SiteEntry.of(site, path, configStamp));
            note(old, site);
        }

        void note(@Nullable Site old, Site site) {
            touched = true;
            site.fault().ifPresent(fault -> LOG.warn("Site {} cannot be served: {}", site.name(), fault));
            if (old == null) {
                news.add(() -> listeners.forEach(listener -> listener.added(site)));
            } else {
                news.add(() -> listeners.forEach(listener -> listener.changed(old, site)));
            }
        }

        void touch() {
            touched = true;
        }

        void publish() {
            if (!touched) {
                return;
            }
            Map<String, Site> byName = new HashMap<>();
            entries.forEach((name, entry) -> byName.put(name, entry.site()));
            aliases.forEach((alias, name) -> {
                SiteEntry entry = entries.get(name);
                if (entry != null) {
                    byName.put(alias, entry.site());
                }
            });
            SiteEntry fallbackEntry = fallback;
            snapshot =
                    new SitesSnapshot(byName, Optional.ofNullable(fallbackEntry).map(SiteEntry::site));
            before.values().forEach(gone -> listeners.forEach(listener -> listener.removed(gone)));
            news.forEach(Runnable::run);
        }

        /** Two sites on one database file would be one tenant; the later one is refused. */
        private Site separate(Site site) {
            Optional<Path> database = site.config().databasePath();
            if (database.isEmpty()) {
                return site;
            }
            return entries.values().stream()
                    .map(SiteEntry::site)
                    .filter(other -> !other.name().equals(site.name()))
                    .filter(other -> other.config().databasePath().equals(database))
                    .findFirst()
                    .map(other -> SiteReader.withFault(
                            site, "db.sqlite.path " + database.get() + " is already that of the site " + other.name()))
                    .orElse(site);
        }
    }
}
