package dev.ephpm.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for something the appliance does in its own time. */
final class Eventually {
    private static final long STEP_NANOS = Duration.ofMillis(20).toNanos();

    private Eventually() {}

    /** Asks again and again until the answer is yes; fails when the time is over. Gives the time it took. */
    static Duration within(Duration limit, String what, Callable<Boolean> condition) {
        long start = System.nanoTime();
        Throwable last = null;
        while (System.nanoTime() - start < limit.toNanos()) {
            try {
                if (condition.call()) {
                    return Duration.ofNanos(System.nanoTime() - start);
                }
                last = null;
            } catch (Exception | AssertionError e) {
                last = e;
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        throw new AssertionError("not within " + limit + ": " + what, last);
    }

    /** Repeats an assertion until it holds. */
    static void holds(Duration limit, Runnable assertion) {
        within(limit, "the assertion holds", () -> {
            assertion.run();
            return true;
        });
    }
}
