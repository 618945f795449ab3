package dev.ephpm.node;

import dev.ephpm.observe.Metrics;
import dev.ephpm.phpbridge.PhpEngine;
import dev.ephpm.phpbridge.PhpStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** The PHP engine's numbers, read from its status when somebody asks. */
final class PhpMeters {
    private PhpMeters() {}

    static void register(Metrics metrics, PhpEngine php) {
        MeterRegistry registry = metrics.registry();
        gauge(registry, php, "ephpm.php.workers", "PHP workers there are", PhpStatus::workers);
        gauge(registry, php, "ephpm.php.workers.busy", "PHP workers that run a request", PhpStatus::busy);
        gauge(registry, php, "ephpm.php.queue", "Requests that wait for a worker", PhpStatus::queued);
        counter(registry, php, "ephpm.php.requests", "Requests PHP has run", PhpStatus::requests);
        counter(registry, php, "ephpm.php.crashes", "Workers that died in a request", PhpStatus::crashes);
        counter(registry, php, "ephpm.php.recycled", "Workers replaced in good time", PhpStatus::recycled);
        counter(registry, php, "ephpm.php.timeouts", "Requests over their time limit", PhpStatus::timeouts);
        counter(registry, php, "ephpm.php.shed", "Requests refused because of overload", PhpStatus::shed);
    }

    private static void gauge(
            MeterRegistry registry, PhpEngine php, String name, String description, ToDoubleFunction<PhpStatus> value) {
        Gauge.builder(name, php, engine -> value.applyAsDouble(engine.status()))
                .description(description)
                .register(registry);
    }

    private static void counter(
            MeterRegistry registry, PhpEngine php, String name, String description, ToDoubleFunction<PhpStatus> value) {
        FunctionCounter.builder(name, php, engine -> value.applyAsDouble(engine.status()))
                .description(description)
                .register(registry);
    }
}
