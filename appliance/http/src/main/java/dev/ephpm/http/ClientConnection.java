package dev.ephpm.http;

import dev.ephpm.config.TimeoutsConfig;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.LinkedHashSet;
import java.util.Set;

/** What is going on on one client connection, for its time limits. Confined to the connection's event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // Nothing waits for a close.
final class ClientConnection {
    static final AttributeKey<ClientConnection> KEY = AttributeKey.valueOf(ClientConnection.class, "ephpm");

    /** How far the message being received has got. */
    enum Receiving {
        NOTHING,
        HEAD,
        BODY
    }

    private final Channel channel;
    private final Set<Exchange> waiting = new LinkedHashSet<>(2);
    private Receiving receiving = Receiving.NOTHING;
    private long receivingSince;
    private long idleSince;
    private int active;
    private long stalledBytes = -1;
    private long stalledSince;

    ClientConnection(Channel channel, long nowNanos) {
        this.channel = channel;
        this.idleSince = nowNanos;
    }

    void receiving(Receiving now, long nowNanos) {
        if (receiving == Receiving.NOTHING || now == Receiving.NOTHING) {
            receivingSince = nowNanos;
        }
        receiving = now;
        if (now == Receiving.NOTHING) {
            idleSince = nowNanos;
        }
    }

    Receiving receiving() {
        return receiving;
    }

    void requestBegan() {
        active++;
    }

    void requestEnded(Exchange exchange, long nowNanos) {
        active--;
        idleSince = nowNanos;
        waiting.remove(exchange);
    }

    /** The exchange goes on after the event that brought it, so the request timeout has to be watched. */
    void watch(Exchange exchange) {
        waiting.add(exchange);
    }

    /** Applies the time limits; called a few times per shortest limit. */
    void check(long nowNanos, TimeoutsConfig timeouts) {
        if (receiving == Receiving.HEAD) {
            if (nowNanos - receivingSince > timeouts.headerRead().toNanos()) {
                cut();
            }
            return;
        }
        for (Exchange exchange : Set.copyOf(waiting)) {
            exchange.checkTime(nowNanos, timeouts.request().toNanos());
        }
        if (receiving == Receiving.BODY
                && nowNanos - receivingSince > timeouts.request().toNanos()) {
            cut();
        } else if (receiving == Receiving.NOTHING
                && active == 0
                && nowNanos - idleSince > timeouts.idle().toNanos()) {
            cut();
        } else {
            checkStalled(nowNanos, timeouts.request().toNanos());
        }
    }

    /** A client that takes none of its response for a whole request timeout is gone or hostile. */
    private void checkStalled(long nowNanos, long limitNanos) {
        var outbound = channel.unsafe().outboundBuffer();
        if (outbound == null || outbound.isEmpty()) {
            stalledBytes = -1;
            return;
        }
        long left = outbound.totalPendingWriteBytes() - outbound.currentProgress();
        if (left != stalledBytes) {
            stalledBytes = left;
            stalledSince = nowNanos;
        } else if (nowNanos - stalledSince > limitNanos) {
            cut();
        }
    }

    void cutIfUnused() {
        if (active == 0) {
            cut();
        }
    }

    /** Vert.x would first wait for what is still to be sent, which is what a stalled client never takes. */
    private void cut() {
        channel.pipeline().firstContext().close();
    }

    int active() {
        return active;
    }
}
