package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import dev.ephpm.config.SiteName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** This node in its role as the home of sites. Thread-safe as far as its parts are; one move of a site at a time. */
public final class LocalHome implements HomeNode {
    private final String name;
    private final SqldControl primary;
    private final WriteBarrier barrier;
    private final Function<SiteName, Lease> leases;
    private final Orphans orphans;

    /** @param leases the lease of a site on this node */
    public LocalHome(
            String name, SqldControl primary, WriteBarrier barrier, Function<SiteName, Lease> leases, Orphans orphans) {
        this.name = requireNonNull(name, "name is null");
        this.primary = requireNonNull(primary, "primary is null");
        this.barrier = requireNonNull(barrier, "barrier is null");
        this.leases = requireNonNull(leases, "leases is null");
        this.orphans = requireNonNull(orphans, "orphans is null");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Position> block(SiteName site) {
        barrier.close(site);
        primary.blockWrites(site, true);
        return end(site);
    }

    @Override
    public void unblock(SiteName site) {
        primary.blockWrites(site, false);
        barrier.open(site);
    }

    @Override
    public LeaseRecord handOver(SiteName site, String next, Optional<Position> end) {
        // Blocks again: an impatient administrator may have let writes in since.
        Optional<Position> now = block(site);
        if (!now.equals(end)) {
            throw new ReplicationException(
                    ReplicationException.Code.WRONG_STATE,
                    name + " does not pass " + site + " on: its log ends at " + now + " and not at " + end);
        }
        return leases.apply(site).handOver(next);
    }

    @Override
    public void retire(SiteName site, long epoch, Optional<Position> carriedOver) {
        barrier.close(site);
        Path database = primary.directory(site).resolve("data");
        if (Files.exists(database)) {
            // Refuses writes even from what does not ask for the lease.
            primary.blockWrites(site, true);
            orphans.keep(site, epoch, database, end(site), carriedOver);
        }
        primary.delete(site);
        // What was placed before sqld knew of it.
        new SiteDirectory(primary.directory(site)).clear();
    }

    private Optional<Position> end(SiteName site) {
        return new LogFiles(primary.directory(site)).primaryPosition();
    }
}
