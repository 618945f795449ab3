package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import dev.ephpm.config.SiteName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the copies that this node has of one home's sites: asks the home for its heads, tells the read gates, computes lag and
 * health, and has the replica process restarted when a copy is stuck. {@link #poll} is called by one thread, about once a second;
 * everything else by any.
 */
public final class ReplicaMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaMonitor.class);

    private static final Duration READY_WITHIN = Duration.ofSeconds(1);
    private static final int SITES_IN_A_MESSAGE = 10;

    private final String home;
    private final HomeLog log;
    private final ReplicaProcess process;
    private final Supplier<Map<SiteName, ReplicaGate>> sites;
    private final LongSupplier clock;
    private final Map<SiteName, ReplicaWatch> watches = new HashMap<>();
    private final RepairBudget budget = new RepairBudget();
    private volatile Map<SiteName, ReplicaStatus> statuses = Map.of();
    private Duration slowestInPass = Duration.ZERO;
    private volatile Duration slowestHello = Duration.ZERO;
    private volatile long repairs;

    /**
     * @param home its name, for the log
     * @param sites all sites with this home and their gates on this node
     * @param clock nanoseconds
     */
    public ReplicaMonitor(
            String home,
            HomeLog log,
            ReplicaProcess process,
            Supplier<Map<SiteName, ReplicaGate>> sites,
            LongSupplier clock) {
        this.home = requireNonNull(home, "home is null");
        this.log = requireNonNull(log, "log is null");
        this.process = requireNonNull(process, "process is null");
        this.sites = requireNonNull(sites, "sites is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Looks at every site once. A home that does not answer for one site is not asked for the others in the same pass, so a pass
     * takes at most one deadline longer than the answers do.
     */
    public void poll() {
        Map<SiteName, ReplicaGate> present = sites.get();
        watches.keySet().retainAll(new HashSet<>(present.keySet()));
        Map<SiteName, ReplicaStatus> latest = new HashMap<>();
        ReplicationException silence = null;
        slowestInPass = Duration.ZERO;
        for (Map.Entry<SiteName, ReplicaGate> site : present.entrySet()) {
            ReplicaWatch watch = watches.computeIfAbsent(site.getKey(), any -> new ReplicaWatch(clock.getAsLong()));
            ReplicationException error = silence != null ? silence : look(site.getKey(), site.getValue(), watch);
            if (error != null) {
                watch.silent(String.valueOf(error.getMessage()));
                silence = error.code() == ReplicationException.Code.UNREACHABLE ? error : silence;
            }
            latest.put(site.getKey(), watch.status(clock.getAsLong()));
        }
        statuses = Map.copyOf(latest);
        slowestHello = slowestInPass;
        repairIfStuck(latest);
    }

    private @Nullable ReplicationException look(SiteName site, ReplicaGate gate, ReplicaWatch watch) {
        try {
            long began = clock.getAsLong();
            Head head = log.hello(site);
            Duration took = Duration.ofNanos(clock.getAsLong() - began);
            slowestInPass = took.compareTo(slowestInPass) > 0 ? took : slowestInPass;
            gate.headSeen(head);
            Position here = gate.position().orElse(null);
            Instant committed = watch.wantsCommitTime(head, here) ? commitTime(site, head) : null;
            watch.observe(head, here, clock.getAsLong(), committed);
            return null;
        } catch (ReplicationException e) {
            return e;
        }
    }

    /** Only makes the lag more exact, so that an error does not matter. */
    private @Nullable Instant commitTime(SiteName site, Head head) {
        try {
            return head.position()
                    .flatMap(end -> log.commits(site, end.frame()).stream()
                            .filter(commit -> commit.frame() == end.frame())
                            .findFirst())
                    .map(Commit::at)
                    .orElse(null);
        } catch (ReplicationException e) {
            LOG.debug("{}: when the head of {} was committed is not known", home, site, e);
            return null;
        }
    }

    private void repairIfStuck(Map<SiteName, ReplicaStatus> latest) {
        List<String> stuck = latest.entrySet().stream()
                .filter(status -> status.getValue().health() == ReplicaHealth.STUCK)
                .map(status -> status.getKey().value())
                .sorted()
                .toList();
        long now = clock.getAsLong();
        if (stuck.isEmpty()) {
            if (latest.values().stream().anyMatch(status -> status.health() == ReplicaHealth.CAUGHT_UP)) {
                budget.refill();
            }
            return;
        }
        if (budget.allows(now)) {
            repair(stuck, now);
        }
    }

    private void repair(List<String> stuck, long now) {
        budget.spend(now);
        repairs = budget.total();
        LOG.warn(
                "{}: copies that do not move although their home answers: {} ({}); restarting the replica process{}",
                home,
                stuck.size(),
                String.join(", ", stuck.subList(0, Math.min(stuck.size(), SITES_IN_A_MESSAGE))),
                budget.isSpent() ? ", for the last time until something moves" : "");
        try {
            process.restart();
        } catch (ReplicationException e) {
            LOG.error("{}: the replica process could not be restarted", home, e);
        }
        watches.values().forEach(watch -> watch.restarted(clock.getAsLong()));
    }

    /** What is known of a site's copy since the last pass; empty before the first. */
    public Optional<ReplicaStatus> status(SiteName site) {
        return Optional.ofNullable(statuses.get(site));
    }

    /** What is known of all sites with this home since the last pass. */
    public Map<SiteName, ReplicaStatus> statuses() {
        return statuses;
    }

    /** The name of the home. */
    public String home() {
        return home;
    }

    /** Whether the home answered every question of the last pass, each within a second. */
    public boolean isHomeReady() {
        return slowestHello.compareTo(READY_WITHIN) < 0
                && statuses.values().stream().noneMatch(status -> status.health() == ReplicaHealth.HOME_SILENT);
    }

    Duration slowestHello() {
        return slowestHello;
    }

    /** How often the replica process was restarted because copies were stuck. */
    public long repairs() {
        return repairs;
    }
}
