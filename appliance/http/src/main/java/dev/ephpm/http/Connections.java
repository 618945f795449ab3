package dev.ephpm.http;

import dev.ephpm.config.TimeoutsConfig;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The open connections of one event loop, under a limit that all loops share. Confined to its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // Listeners are chained on the same future.
final class Connections {
    private final Set<ClientConnection> open = new HashSet<>();
    private final AtomicInteger total;
    private boolean draining;

    Connections(AtomicInteger total) {
        this.total = total;
    }

    /** False when the limit is reached; the connection is then not counted. */
    boolean admit(Channel channel, int limit) {
        if (total.incrementAndGet() > limit) {
            total.decrementAndGet();
            return false;
        }
        ClientConnection connection = new ClientConnection(channel, System.nanoTime());
        channel.attr(ClientConnection.KEY).set(connection);
        open.add(connection);
        channel.closeFuture().addListener(closed -> {
            open.remove(connection);
            total.decrementAndGet();
        });
        return true;
    }

    void check(TimeoutsConfig timeouts) {
        long now = System.nanoTime();
        for (ClientConnection connection : new ArrayList<>(open)) {
            connection.check(now, timeouts);
            if (draining) {
                connection.cutIfUnused();
            }
        }
    }

    /** From now on a connection is closed as soon as nothing runs on it; Vert.x would wait for silent ones. */
    void drain() {
        draining = true;
        for (ClientConnection connection : new ArrayList<>(open)) {
            connection.cutIfUnused();
        }
    }

    /** How often {@link #check} must run for the limits to be kept within about a tenth. */
    static long checkIntervalMillis(TimeoutsConfig timeouts) {
        long shortest = shortest(timeouts.headerRead(), timeouts.idle(), timeouts.request());
        return Math.clamp(shortest / 10, 20, 1000);
    }

    private static long shortest(Duration first, Duration second, Duration third) {
        return Math.min(first.toMillis(), Math.min(second.toMillis(), third.toMillis()));
    }
}
