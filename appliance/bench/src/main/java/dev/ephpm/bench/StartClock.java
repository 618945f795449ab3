package dev.ephpm.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Starts stacks and measures how long they take until something answers. */
final class StartClock {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(5);

    private StartClock() {}

    /** Starts the stack and waits until the path answers 200. Returns milliseconds. */
    static long start(Stack stack, String path) {
        long begin = System.nanoTime();
        stack.start();
        return await(stack, path, begin);
    }

    /** Waits until the path answers 200. Returns the milliseconds since {@code begin} (of {@link System#nanoTime}). */
    static long await(Stack stack, String path, long begin) {
        while (!stack.site().answers(path)) {
            stack.services().forEach(Service::requireAlive);
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                throw new BenchException(
                        path + " of " + stack.name() + " did not answer 200 within " + LIMIT.toSeconds() + " s:\n"
                                + stack.services().getFirst().lastLines());
            }
            LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
        }
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
