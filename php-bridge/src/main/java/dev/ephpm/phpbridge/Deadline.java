package dev.ephpm.phpbridge;

import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request's wall clock. It runs while PHP works, sleeps or waits for its database, and stands still while PHP waits for
 * the client: for the rest of an upload, or for a slow reader of the response. Lives on the worker's event loop.
 */
final class Deadline {
    /** How soon a clock that stands still is looked at again. */
    private static final long STANDSTILL = TimeUnit.MILLISECONDS.toNanos(100);

    /** A client that neither sends nor takes a byte for this long does not come back. */
    private static final long LONGEST_WAIT = TimeUnit.MINUTES.toNanos(10);

    private final EventLoop loop;
    private final long limit;
    private final Runnable expired;
    private long spent;
    /** When the present stretch of running or of waiting began. */
    private long since;

    private int waits;
    private @Nullable Future<?> timer;
    private boolean over;

    Deadline(EventLoop loop, long limitNanos, Runnable expired) {
        this.loop = loop;
        this.limit = limitNanos;
        this.expired = expired;
    }

    void start() {
        since = System.nanoTime();
        schedule(limit);
    }

    /** PHP begins to wait for the client; calls may nest. */
    void pause() {
        if (waits++ == 0) {
            long now = System.nanoTime();
            spent += now - since;
            since = now;
        }
    }

    void resume() {
        if (--waits == 0) {
            since = System.nanoTime();
        }
    }

    void cancel() {
        over = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void schedule(long nanos) {
        timer = loop.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
    }

    private void check() {
        if (over) {
            return;
        }
        long stretch = System.nanoTime() - since;
        long used = waits > 0 ? spent : spent + stretch;
        if (used >= limit || (waits > 0 && stretch > LONGEST_WAIT)) {
            over = true;
            expired.run();
        } else {
            schedule(waits > 0 ? Math.max(limit - used, STANDSTILL) : limit - used);
        }
    }
}
