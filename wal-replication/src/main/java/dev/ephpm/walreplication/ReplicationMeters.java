package dev.ephpm.walreplication;

import dev.ephpm.observe.Metrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;

/** What the monitors know, as meters. The labels are homes and states; single sites are on the Node API. */
public final class ReplicationMeters {
    private static final double NANOS_IN_A_SECOND = 1e9;

    private ReplicationMeters() {}

    /** Registers the meters of one home; call once for each. */
    public static void register(Metrics metrics, ReplicaMonitor monitor) {
        MeterRegistry registry = metrics.registry();
        Gauge.builder("ephpm.replication.lag.frames", monitor, ReplicationMeters::mostFrames)
                .description("Frames missing here, of the site that misses most")
                .tag("home", monitor.home())
                .register(registry);
        Gauge.builder("ephpm.replication.lag", monitor, ReplicationMeters::longestSeconds)
                .description("How long the oldest missing transaction has existed, of the site that lags most")
                .baseUnit("seconds")
                .tag("home", monitor.home())
                .register(registry);
        Gauge.builder("ephpm.replication.hello", monitor, each -> seconds(each.slowestHello()))
                .description("The longest that the home took to say where a log ends, in the last pass")
                .baseUnit("seconds")
                .tag("home", monitor.home())
                .register(registry);
        FunctionCounter.builder("ephpm.replication.repairs", monitor, ReplicaMonitor::repairs)
                .description("Restarts of the replica process because copies were stuck")
                .tag("home", monitor.home())
                .register(registry);
        for (ReplicaHealth health : ReplicaHealth.values()) {
            Gauge.builder("ephpm.replication.sites", monitor, each -> count(each, health))
                    .description("Copies of the home's sites in each state")
                    .tag("home", monitor.home())
                    .tag("state", health.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private static double count(ReplicaMonitor monitor, ReplicaHealth health) {
        return monitor.statuses().values().stream()
                .filter(status -> status.health() == health)
                .count();
    }

    private static double mostFrames(ReplicaMonitor monitor) {
        return monitor.statuses().values().stream()
                .mapToLong(status -> status.lag() instanceof Lag.Behind(long frames, Duration _) ? frames : 0)
                .max()
                .orElse(0);
    }

    private static double longestSeconds(ReplicaMonitor monitor) {
        return monitor.statuses().values().stream()
                .mapToDouble(status -> status.lag() instanceof Lag.Behind(long _, Duration time) ? seconds(time) : 0)
                .max()
                .orElse(0);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / NANOS_IN_A_SECOND;
    }
}
