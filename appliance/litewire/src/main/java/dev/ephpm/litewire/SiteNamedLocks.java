package dev.ephpm.litewire;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The named locks of one site. Sessions that wait do so on this object. */
final class SiteNamedLocks {
    private static final int MOST_PER_SITE = 10_000;
    private static final long LOOK_MILLIS = 1000;

    /** A negative timeout, which means for ever, is given as a very long one. */
    private static final long LONGEST_WAIT_MILLIS = 365L * 24 * 3600 * 1000;

    private final Map<String, Held> locks = new HashMap<>();

    private record Held(long connection, int times) {}

    /** The locks as one connection sees them; {@code check} throws when the statement is to end. */
    NamedLocks of(long connection, Runnable check) {
        return new View(connection, check);
    }

    /** Lets everybody who waits look whether to go on. */
    void wake() {
        synchronized (locks) {
            locks.notifyAll();
        }
    }

    private final class View implements NamedLocks {
        private final long connection;
        private final Runnable check;

        View(long connection, Runnable check) {
            this.connection = connection;
            this.check = check;
        }

        @Override
        public boolean acquire(String name, Duration timeout) {
            String key = name.toLowerCase(Locale.ROOT);
            long end = System.nanoTime() + Math.min(timeout.toMillis(), LONGEST_WAIT_MILLIS) * 1_000_000;
            synchronized (locks) {
                while (true) {
                    Held held = locks.get(key);
                    if (held == null || held.connection() == connection) {
                        if (locks.size() >= MOST_PER_SITE) {
                            throw SqlErrorCode.UNKNOWN_ERROR.with("too many named locks");
                        }
                        locks.put(key, new Held(connection, held == null ? 1 : held.times() + 1));
                        return true;
                    }
                    if (!await(end)) {
                        return false;
                    }
                }
            }
        }

        private boolean await(long end) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            check.run();
            try {
                locks.wait(Math.min(left / 1_000_000 + 1, LOOK_MILLIS));
                return true;
            } catch (InterruptedException e) {
                throw SqlErrorCode.QUERY_INTERRUPTED.with();
            }
        }

        @Override
        public Optional<Boolean> release(String name) {
            String key = name.toLowerCase(Locale.ROOT);
            synchronized (locks) {
                Held held = locks.get(key);
                if (held == null) {
                    return Optional.empty();
                }
                if (held.connection() != connection) {
                    return Optional.of(false);
                }
                if (held.times() > 1) {
                    locks.put(key, new Held(connection, held.times() - 1));
                } else {
                    locks.remove(key);
                    locks.notifyAll();
                }
                return Optional.of(true);
            }
        }

        @Override
        public int releaseAll() {
            synchronized (locks) {
                int count = locks.values().stream()
                        .filter(held -> held.connection() == connection)
                        .mapToInt(Held::times)
                        .sum();
                locks.values().removeIf(held -> held.connection() == connection);
                locks.notifyAll();
                return count;
            }
        }

        @Override
        public OptionalLong holder(String name) {
            synchronized (locks) {
                Held held = locks.get(name.toLowerCase(Locale.ROOT));
                return held == null ? OptionalLong.empty() : OptionalLong.of(held.connection());
            }
        }
    }
}
