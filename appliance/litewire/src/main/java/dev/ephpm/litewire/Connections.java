package dev.ephpm.litewire;

import dev.ephpm.litewire.protocol.Conversation;
import dev.ephpm.litewire.protocol.Logins;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open connections: a platform thread each, because SQLite blocks and pins virtual threads. Bounded. Thread-safe. */
final class Connections implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Connections.class);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    /** SQLite compiles the deepest expressions it takes in 700 KiB; the rest is Java's. Touched only as far as it is used. */
    private static final long STACK_BYTES = 2L * 1024 * 1024;

    private final int most;
    private final Logins logins;
    private final Conversation.Limits limits;
    private final LitewireMeter meter;
    private final Map<Long, Running> running = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private volatile boolean closed;

    Connections(int most, Logins logins, Conversation.Limits limits, LitewireMeter meter) {
        this.most = most;
        this.logins = logins;
        this.limits = limits;
        this.meter = meter;
    }

    private record Running(Conversation conversation, Thread thread) {}

    int count() {
        return running.size();
    }

    /** Takes over a connection that has just come in. Called by listeners. */
    void accept(SocketChannel channel, String host) throws IOException {
        // Ids are 32 bits on the wire.
        long id = lastId.incrementAndGet() & 0xffff_ffffL;
        Conversation conversation = new Conversation(channel, id, host, logins, limits);
        if (closed || running.size() >= most) {
            conversation.refuse(SqlErrorCode.TOO_MANY_CONNECTIONS.with());
            return;
        }
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name("litewire-" + id)
                .stackSize(STACK_BYTES)
                .unstarted(() -> run(id, conversation));
        running.put(id, new Running(conversation, thread));
        meter.connectionOpened();
        thread.start();
    }

    private void run(long id, Conversation conversation) {
        try {
            conversation.run();
        } catch (RuntimeException | Error e) {
            log.error("MySQL connection {} failed", id, e);
        } finally {
            running.remove(id);
            meter.connectionClosed();
        }
    }

    /** Ends the connections whose client has kept the server waiting too long. */
    void closeLate() {
        long now = System.nanoTime();
        running.values().forEach(connection -> connection.conversation().closeIfLate(now));
    }

    /** Ends all connections and waits until their sessions are closed. */
    @Override
    public void close() {
        closed = true;
        running.values().forEach(connection -> connection.conversation().close());
        long end = System.nanoTime() + GOODBYE.toNanos();
        for (Running connection : running.values()) {
            try {
                long left = Math.max(1, (end - System.nanoTime()) / 1_000_000);
                connection.thread().join(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
