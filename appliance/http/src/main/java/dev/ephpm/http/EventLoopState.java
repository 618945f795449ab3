package dev.ephpm.http;

import dev.ephpm.sites.SitesSnapshot;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one event loop keeps for itself so that common requests share nothing and allocate little. */
final class EventLoopState {
    private static final int MAX_HOSTS = 2048;
    private static final int MAX_NEGOTIATIONS = 256;
    private static final Object NOTHING = new Object();

    private final Map<String, HostMatch> hosts = new HashMap<>();
    private final Map<String, Object> negotiations = new HashMap<>();
    private @Nullable SitesSnapshot hostsOf;
    private @Nullable Pipeline hostsFor;
    private CharSequence date;

    EventLoopState(Vertx vertx) {
        date = now();
        vertx.setPeriodic(500, timer -> date = now());
    }

    private static CharSequence now() {
        return HttpHeaders.createOptimized(HttpDate.format(Instant.now()));
    }

    CharSequence date() {
        return date;
    }

    /** A Host header seen before, as long as neither sites nor configuration have changed. */
    @Nullable
    @SuppressWarnings("ReferenceEquality") // Snapshots are replaced, never changed: comparing sites would cost more.
    HostMatch knownHost(String header, SitesSnapshot snapshot, Pipeline pipeline) {
        if (hostsOf != snapshot || hostsFor != pipeline) {
            hosts.clear();
            hostsOf = snapshot;
            hostsFor = pipeline;
        }
        return hosts.get(header);
    }

    void rememberHost(String header, HostMatch match) {
        if (hosts.size() >= MAX_HOSTS) {
            hosts.clear();
        }
        hosts.put(header, match);
    }

    @Nullable
    Encoding negotiate(@Nullable String acceptEncoding, Negotiation negotiation) {
        if (acceptEncoding == null) {
            return null;
        }
        Object known = negotiations.get(acceptEncoding);
        if (known == null) {
            Encoding chosen = negotiation.choose(acceptEncoding);
            known = chosen == null ? NOTHING : chosen;
            if (negotiations.size() >= MAX_NEGOTIATIONS) {
                negotiations.clear();
            }
            negotiations.put(acceptEncoding, known);
        }
        return known instanceof Encoding encoding ? encoding : null;
    }
}
