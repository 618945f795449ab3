package dev.ephpm.walreplication;

import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A node with a real primary and a real replica of each other node's primary, and a lease for each site. */
final class TestNode implements FollowerNode, WriteBarrier, AutoCloseable {
    static final LeaseTiming TIMING = new LeaseTiming(
            Duration.ofMillis(1_200), Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofMillis(100));

    final String name;
    final TestSqld primary;
    final LocalHome home;
    final Orphans orphans;
    private final Path directory;
    private final LeaseStore store;
    private final Map<String, TestSqld> replicas = new HashMap<>();
    private final Map<SiteName, Lease> leases = new ConcurrentHashMap<>();
    private final ReentrantReadWriteLock writes = new ReentrantReadWriteLock(true);
    private volatile boolean closed;

    TestNode(String name, Path directory, PeerCredentials server, LeaseStore store)
            throws IOException, InterruptedException {
        this.name = name;
        this.directory = directory;
        this.store = store;
        primary = TestSqld.primary(directory.resolve("primary"), server);
        orphans = new Orphans(directory.resolve("orphans"), new SqliteCopy());
        home = new LocalHome(name, primary, this, this::lease, orphans);
    }

    void replicate(TestNode other, PeerCredentials client) throws IOException, InterruptedException {
        replicas.put(
                other.name,
                TestSqld.replica(directory.resolve("replica-" + other.name), client, other.primary.grpcPort()));
    }

    TestSqld replica(String of) {
        return Objects.requireNonNull(replicas.get(of), of);
    }

    Lease lease(SiteName site) {
        return leases.computeIfAbsent(site, any -> new Lease(site, name, TIMING, store, new BootClock()));
    }

    NewHome newHome(DatabaseCopy copy, LeaseStore leaseStore) {
        return new NewHome(
                name, primary, this::replica, leaseStore, copy, directory.resolve("journal"), Duration.ofSeconds(10));
    }

    NewHome newHome() {
        return newHome(new SqliteCopy(), store);
    }

    /** Writes as the appliance would; gives the frame if it may be acknowledged, and empty if this node does not write. */
    Optional<Long> write(SiteName site, String sql) throws IOException, InterruptedException {
        writes.readLock().lock();
        try {
            Optional<WritePermit> permit =
                    closed ? Optional.empty() : lease(site).begin();
            if (permit.isEmpty()) {
                return Optional.empty();
            }
            long frame = primary.write(site, sql);
            return permit.get().mayAcknowledge() ? Optional.of(frame) : Optional.empty();
        } finally {
            writes.readLock().unlock();
        }
    }

    @Override
    public void close(SiteName site) {
        writes.writeLock().lock();
        try {
            closed = true;
        } finally {
            writes.writeLock().unlock();
        }
    }

    @Override
    public void open(SiteName site) {
        closed = false;
    }

    @Override
    public void leave(SiteName site, String formerHome) {
        if (!formerHome.equals(name)) {
            replica(formerHome).delete(site);
        }
    }

    @Override
    public void join(SiteName site, String newHome) {
        replica(newHome).touch(site);
    }

    @Override
    public void close() {
        replicas.values().forEach(TestSqld::close);
        primary.close();
    }
}
