package dev.ephpm.node;

import dev.ephpm.litewire.LitewireMeter;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.statistics.SiteStatistics;
import dev.ephpm.observe.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What the MySQL frontend does, in numbers; one series per error there can be. */
final class DatabaseMeters implements LitewireMeter {
    private static final double NANOS_PER_SECOND = 1e9;

    private final MeterRegistry registry;
    private final AtomicInteger connections = new AtomicInteger();
    private final Counter refused;
    private final Timer statements;
    private final Map<SqlErrorCode, Counter> errors = new EnumMap<>(SqlErrorCode.class);

    private final Map<SiteStatistics, List<Meter>> sites = new ConcurrentHashMap<>();

    DatabaseMeters(Metrics metrics) {
        registry = metrics.registry();
        Gauge.builder("ephpm.mysql.connections", connections, AtomicInteger::get)
                .description("MySQL connections open now")
                .register(registry);
        refused = Counter.builder("ephpm.mysql.logins.refused")
                .description("MySQL logins with a wrong user or password")
                .register(registry);
        statements = Timer.builder("ephpm.mysql.statements")
                .description("Statements answered, whether well or not, and the time they took")
                .register(registry);
        for (SqlErrorCode code : SqlErrorCode.values()) {
            errors.put(
                    code,
                    Counter.builder("ephpm.mysql.errors")
                            .description("Statements answered with an error")
                            .tag("error", String.valueOf(code.number()))
                            .register(registry));
        }
    }

    @Override
    public void siteOpened(SiteStatistics statistics) {
        List<Meter> meters = List.of(
                counter("ephpm.mysql.site.statements", "Statements of a site that were answered", statistics)
                        .apply(SiteStatistics::statements),
                counter("ephpm.mysql.site.errors", "Statements of a site that were answered with an error", statistics)
                        .apply(SiteStatistics::errors),
                counter(
                                "ephpm.mysql.site.slow",
                                "Statements of a site that took longer than db.analysis.slow_query_threshold",
                                statistics)
                        .apply(SiteStatistics::slow),
                counter("ephpm.mysql.site.rows.sent", "Rows of results of a site", statistics)
                        .apply(SiteStatistics::rowsSent),
                counter("ephpm.mysql.site.seconds", "Time statements of a site took", statistics)
                        .apply(site -> site.nanos() / NANOS_PER_SECOND),
                counter(
                                "ephpm.mysql.site.writer.wait.seconds",
                                "Time of statements spent waiting for the writer of a site",
                                statistics)
                        .apply(site -> site.lockNanos() / NANOS_PER_SECOND));
        sites.put(statistics, meters);
    }

    private Function<ToDoubleFunction<SiteStatistics>, Meter> counter(
            String name, String description, SiteStatistics statistics) {
        return value -> FunctionCounter.builder(name, statistics, value)
                .description(description)
                .tag("site", statistics.site())
                .register(registry);
    }

    @Override
    public void siteClosed(SiteStatistics statistics) {
        sites.getOrDefault(statistics, List.of()).forEach(registry::remove);
        sites.remove(statistics);
    }

    @Override
    public void connectionOpened() {
        connections.incrementAndGet();
    }

    @Override
    public void connectionClosed() {
        connections.decrementAndGet();
    }

    @Override
    public void loginRefused() {
        refused.increment();
    }

    @Override
    public void statement(long nanos) {
        statements.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void error(SqlErrorCode code) {
        Counter counter = errors.get(code);
        if (counter != null) {
            counter.increment();
        }
    }
}
