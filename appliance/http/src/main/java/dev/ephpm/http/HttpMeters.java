package dev.ephpm.http;

import dev.ephpm.observe.Metrics;
import dev.ephpm.phpbridge.PhpException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** What the request path counts. Label values are sites that exist, known methods and known statuses: nothing a client chooses. */
final class HttpMeters {
    private static final String NO_SITE = "_none";
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other");
    private static final int LOWEST_STATUS = 200;
    private static final int BEYOND_STATUS = 600;

    private final MeterRegistry registry;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final Counter bytesSent;
    private final Counter cacheHits;
    private final Counter cacheMisses;
    private final Map<Exchange.Source, Timer> durations = new EnumMap<>(Exchange.Source.class);
    private final Map<PhpException.Reason, Counter> unanswered = new EnumMap<>(PhpException.Reason.class);
    private final Map<String, SiteCounters> sites = new ConcurrentHashMap<>();

    HttpMeters(Metrics metrics) {
        registry = metrics.registry();
        gauge("ephpm_http_requests_in_flight", "Requests begun and not yet answered", inFlight);
        gauge("ephpm_http_connections", "Open client connections", connections);
        bytesSent = counter("ephpm_http_response_bytes", "Body bytes given to clients");
        cacheHits = registry.counter("ephpm_http_path_cache", "result", "hit");
        cacheMisses = registry.counter("ephpm_http_path_cache", "result", "miss");
        for (Exchange.Source source : Exchange.Source.values()) {
            durations.put(source, timer(source));
        }
        for (PhpException.Reason reason : PhpException.Reason.values()) {
            unanswered.put(
                    reason,
                    registry.counter(
                            "ephpm_http_php_unanswered", "reason", reason.name().toLowerCase(Locale.ROOT)));
        }
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private void gauge(String name, String description, AtomicInteger value) {
        Gauge.builder(name, value, AtomicInteger::get).description(description).register(registry);
    }

    private Timer timer(Exchange.Source source) {
        return Timer.builder("ephpm_http_request_duration")
                .description("From the request head to the end of the response")
                .tag("source", source.name().toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30))
                .register(registry);
    }

    void began() {
        inFlight.incrementAndGet();
    }

    AtomicInteger connections() {
        return connections;
    }

    int inFlight() {
        return inFlight.get();
    }

    void cacheHit() {
        cacheHits.increment();
    }

    void cacheMiss() {
        cacheMisses.increment();
    }

    void notAnswered(PhpException.Reason reason) {
        Counter counter = unanswered.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    void finished(Exchange exchange, int status, long nanos) {
        inFlight.decrementAndGet();
        HostMatch host = exchange.host();
        String site = host == null ? NO_SITE : host.state().site().name();
        SiteCounters counters = sites.get(site);
        if (counters == null) {
            counters = sites.computeIfAbsent(site, SiteCounters::new);
        }
        counters.of(exchange.request().method().name(), status).increment();
        bytesSent.increment((double) exchange.bytesSent());
        Timer timer = durations.get(exchange.source());
        if (timer != null) {
            timer.record(Duration.ofNanos(nanos));
        }
    }

    /** Drops the series of a site that is gone. */
    void forget(String site) {
        SiteCounters counters = sites.remove(site);
        if (counters != null) {
            counters.remove();
        }
    }

    /** One row per method that has been used, one counter per status. */
    private final class SiteCounters {
        private final String site;
        private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Counter>> rows =
                new AtomicReferenceArray<>(METHODS.size());

        SiteCounters(String site) {
            this.site = site;
        }

        Counter of(String method, int status) {
            int known = METHODS.indexOf(method);
            int methodIndex = known < 0 ? METHODS.size() - 1 : known;
            int column = isKnown(status) ? status - LOWEST_STATUS + 1 : 0;
            AtomicReferenceArray<@Nullable Counter> row = row(methodIndex);
            Counter counter = row.get(column);
            if (counter == null) {
                counter = registry.counter(
                        "ephpm_http_requests",
                        List.of(
                                Tag.of("site", site),
                                Tag.of("method", METHODS.get(methodIndex)),
                                Tag.of("status", column == 0 ? "other" : Integer.toString(status))));
                row.set(column, counter);
            }
            return counter;
        }

        private AtomicReferenceArray<@Nullable Counter> row(int methodIndex) {
            AtomicReferenceArray<@Nullable Counter> row = rows.get(methodIndex);
            if (row != null) {
                return row;
            }
            AtomicReferenceArray<@Nullable Counter> created =
                    new AtomicReferenceArray<>(BEYOND_STATUS - LOWEST_STATUS + 1);
            AtomicReferenceArray<@Nullable Counter> raced = rows.compareAndExchange(methodIndex, null, created);
            return raced == null ? created : raced;
        }

        private static boolean isKnown(int status) {
            if (status < LOWEST_STATUS || status >= BEYOND_STATUS) {
                return false;
            }
            // Netty names unknown codes after their class, with the number in brackets.
            return status == Exchange.CLIENT_CLOSED_REQUEST
                    || !HttpResponseStatus.valueOf(status).reasonPhrase().endsWith(")");
        }

        void remove() {
            for (int i = 0; i < rows.length(); i++) {
                AtomicReferenceArray<@Nullable Counter> row = rows.get(i);
                for (int column = 0; row != null && column < row.length(); column++) {
                    Counter counter = row.get(column);
                    if (counter != null) {
                        registry.remove(counter);
                    }
                }
            }
        }
    }
}
