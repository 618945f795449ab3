package dev.ephpm.sqldmanager;

import dev.ephpm.config.SiteName;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets one writer per site go to sqld at a time, in the order of arrival. Left to itself, sqld lets writers collide on BEGIN and
 * lends its write lock to whoever waited 5 s.
 */
public final class WriterAdmission {
    private final int mostWaiting;
    private final ConcurrentHashMap<SiteName, Queue> queues = new ConcurrentHashMap<>();

    /** @param mostWaiting per site; who comes when so many wait is refused at once */
    public WriterAdmission(int mostWaiting) {
        this.mostWaiting = mostWaiting;
    }

    /**
     * Waits for a turn. Blocking.
     *
     * @throws SqldException OVERLOADED when too many wait, or the turn did not come in time
     */
    public Turn admit(SiteName site, Duration patience) {
        Queue queue = join(site);
        boolean admitted = false;
        try {
            admitted = queue.turn.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!admitted) {
                leave(site);
            }
        }
        if (!admitted) {
            throw new SqldException(
                    SqldException.Reason.OVERLOADED,
                    "no turn to write to " + site + " within " + patience.toMillis() + " ms: others are writing");
        }
        return new Turn(site, queue);
    }

    private Queue join(SiteName site) {
        return queues.compute(site, (name, present) -> {
            Queue queue = present == null ? new Queue() : present;
            if (queue.members > mostWaiting) {
                throw new SqldException(
                        SqldException.Reason.OVERLOADED, mostWaiting + " others wait to write to " + site + " already");
            }
            queue.members++;
            return queue;
        });
    }

    private void leave(SiteName site) {
        queues.computeIfPresent(site, (name, queue) -> --queue.members == 0 ? null : queue);
    }

    /** Sites somebody writes to or waits for. */
    int sites() {
        return queues.size();
    }

    /** Members change inside the map's compute only. */
    private static final class Queue {
        private final Semaphore turn = new Semaphore(1, true);
        private int members;
    }

    /** The right to write, until it is closed. */
    public final class Turn implements AutoCloseable {
        private final SiteName site;
        private final Queue queue;
        private final AtomicBoolean over = new AtomicBoolean();

        private Turn(SiteName site, Queue queue) {
            this.site = site;
            this.queue = queue;
        }

        @Override
        public void close() {
            if (!over.compareAndSet(false, true)) {
                return;
            }
            queue.turn.release();
            leave(site);
        }
    }
}
