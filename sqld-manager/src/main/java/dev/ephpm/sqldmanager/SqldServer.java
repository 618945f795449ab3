package dev.ephpm.sqldmanager;

import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One supervised sqld of this node, and the sites in it. Any number of threads; calls that reach sqld block. */
public final class SqldServer {
    private static final Logger LOGGER = LoggerFactory.getLogger(SqldServer.class);
    private static final Duration TENDING = Duration.ofSeconds(1);

    private final SqldRole role;
    private final SqldDirectory directory;
    private final int mostSites;
    private final SupervisedProcess process;
    private final HranaClient hrana;
    private final SqldAdmin admin;
    private final Set<SiteName> sites = new ConcurrentSkipListSet<>();

    SqldServer(SqldLaunch launch, SqldRole role, Path parent, int mostSites, StreamLimits limits) {
        this.role = role;
        this.mostSites = mostSites;
        this.directory = new SqldDirectory(parent, role.name());
        this.process = new SupervisedProcess(launch, role, directory, new Listener());
        this.hrana = new HranaClient(this::endpoint, limits);
        this.admin = new SqldAdmin(() -> process.endpoints().admin());
    }

    void start() {
        try {
            sites.addAll(directory.sites());
        } catch (IOException e) {
            throw new SqldException(
                    SqldException.Reason.UNAVAILABLE,
                    "cannot list the sites in " + directory.path() + ": " + e.getMessage(),
                    e);
        }
        process.start();
    }

    void stop() {
        /* sqld waits for connections that are open. */
        hrana.reset(null);
        admin.reset();
        process.stop();
    }

    public HranaClient hrana() {
        return hrana;
    }

    /** Where its Hrana is now. */
    Endpoint endpoint() {
        return process.endpoints().http();
    }

    public SqldAdmin admin() {
        return admin;
    }

    public SqldStatus status() {
        return process.status();
    }

    /** How often sqld has said this in its log since this node started. */
    public long count(Complaint complaint) {
        return process.output().count(complaint);
    }

    /** The site's SQLite file, to be opened read-only. It may not be there yet, or be replaced at any time on a replica. */
    public Path database(SiteName site) {
        return directory.database(site);
    }

    /** Where sqld keeps a site's log and index files. */
    public Path files(SiteName site) {
        return directory.site(site);
    }

    public Set<SiteName> sites() {
        return Set.copyOf(sites);
    }

    /** Makes a database for a site whose home this is: empty, or of the file that lies in its place. */
    public void create(SiteName site, Duration patience) {
        requireRoom(site);
        if (!sites.contains(site) && Files.exists(directory.database(site))) {
            PlacedFile.check(directory.database(site));
        }
        admin.create(site, patience);
        sites.add(site);
    }

    /**
     * Makes a site's database from an SQLite file, which stays where it is. The file must have pages of 4096 bytes and have been
     * closed cleanly, or come from SQLite's backup.
     */
    public void create(SiteName site, Path file, Duration patience) {
        requireRoom(site);
        PlacedFile.place(file, directory.database(site));
        admin.create(site, patience);
        sites.add(site);
    }

    /** On a replica: starts replicating a site, now and after each restart. */
    public NamespaceStats follow(SiteName site, Duration patience) {
        requireRoom(site);
        NamespaceStats stats = admin.stats(site, patience);
        sites.add(site);
        return stats;
    }

    /** Removes a site with its files from this process alone; see {@link SiteRemoval}. Fine if it is not there. */
    public void delete(SiteName site, Duration patience) {
        sites.remove(site);
        try {
            admin.delete(site, patience);
        } catch (SqldException e) {
            if (e.reason() != SqldException.Reason.REFUSED) {
                throw e;
            }
            LOGGER.debug("{} is not in sqld {}", site, role.name(), e);
        }
    }

    private void requireRoom(SiteName site) {
        if (sites.size() >= mostSites && !sites.contains(site)) {
            throw new SqldException(
                    SqldException.Reason.OVERLOADED,
                    "cannot replicate " + site + ": the limit of open files suffices for " + mostSites
                            + " sites; raise LimitNOFILE= in the unit");
        }
    }

    /** Ends the process and starts it anew, touching all its sites; for a replica that no longer advances. */
    public void restart(String why) {
        process.restart(why);
    }

    /** The work of a ready process, until it is gone: touching sites, keeping streams. */
    private void tend(int life) {
        try {
            if (role instanceof SqldRole.Replica) {
                new WarmUp(admin, () -> isLife(life)).run(role.name(), sites);
            }
            while (isLife(life)) {
                Thread.sleep(TENDING);
                hrana.tendStreams();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isLife(int life) {
        SqldStatus status = process.status();
        return status.state() == SqldState.READY && status.starts() == life;
    }

    private final class Listener implements SupervisedProcess.ReadyListener {
        @Override
        public void ready() {
            int life = process.status().starts();
            Thread.ofVirtual().name("sqld-" + role.name() + "-care").start(() -> tend(life));
        }

        @Override
        public void gone(String why) {
            hrana.reset(why);
            admin.reset();
        }
    }
}
