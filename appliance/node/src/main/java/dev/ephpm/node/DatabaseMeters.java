package dev.ephpm.node;

import dev.ephpm.litewire.LitewireMeter;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.observe.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the MySQL frontend does, in numbers; one series per error there can be. */
final class DatabaseMeters implements LitewireMeter {
    private final AtomicInteger connections = new AtomicInteger();
    private final Counter refused;
    private final Timer statements;
    private final Map<SqlErrorCode, Counter> errors = new EnumMap<>(SqlErrorCode.class);

    DatabaseMeters(Metrics metrics) {
        MeterRegistry registry = metrics.registry();
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
