package dev.ephpm.litewire;

import dev.ephpm.litewire.protocol.Conversation;
import dev.ephpm.litewire.protocol.Logins;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections: a platform thread each, because SQLite blocks and pins virtual threads. Threads serve one connection
 * after the other, because PHP connects for every page and starting a thread costs more than a login. Bounded. Thread-safe.
 */
final class Connections implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Connections.class);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    /** SQLite compiles the deepest expressions it takes in 700 KiB; the rest is Java's. Touched only as far as it is used. */
    private static final long STACK_BYTES = 2L * 1024 * 1024;

    private static final Duration IDLE_THREAD = Duration.ofSeconds(10);

    private final int most;
    private final Logins logins;
    private final Conversation.Limits limits;
    private final LitewireMeter meter;
    private final Map<Long, Running> running = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();

    /** Without a queue or a limit: {@link #most} is the limit. */
    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_THREAD.toMillis(),
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform()
                    .daemon()
                    .name("litewire-", 1)
                    .stackSize(STACK_BYTES)
                    .factory());

    private volatile boolean closed;

    Connections(int most, Logins logins, Conversation.Limits limits, LitewireMeter meter) {
        this.most = most;
        this.logins = logins;
        this.limits = limits;
        this.meter = meter;
    }

    private record Running(Conversation conversation, CountDownLatch ended) {}

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
        Running connection = new Running(conversation, new CountDownLatch(1));
        running.put(id, connection);
        meter.connectionOpened();
        boolean started = false;
        try {
            threads.execute(() -> run(id, connection));
            started = true;
        } finally {
            if (!started) {
                ended(id, connection);
            }
        }
    }

    private void run(long id, Running connection) {
        try {
            connection.conversation().run();
        } catch (RuntimeException | Error e) {
            log.error("MySQL connection {} failed", id, e);
        } finally {
            ended(id, connection);
        }
    }

    private void ended(long id, Running connection) {
        running.remove(id);
        meter.connectionClosed();
        connection.ended().countDown();
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
        threads.shutdown();
        running.values().forEach(connection -> connection.conversation().close());
        long end = System.nanoTime() + GOODBYE.toNanos();
        for (Running connection : running.values()) {
            try {
                var _ = connection.ended().await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
