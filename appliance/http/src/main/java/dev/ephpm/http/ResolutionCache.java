package dev.ephpm.http;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what paths lead to, bounded by memory and by number. An answer is used for {@link #FRESH_NANOS}, then once
 * more while it is looked up again, and never after {@link #STALE_NANOS}: a change on disk shows within two seconds.
 */
final class ResolutionCache {
    static final long FRESH_NANOS = 1_000_000_000L;
    static final long STALE_NANOS = 1_800_000_000L;
    private static final int MAX_PATH_LENGTH = 1024;

    private final long maxWeight;
    private final int maxEntries;
    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong weight = new AtomicLong();
    private final AtomicBoolean evicting = new AtomicBoolean();

    /** One path of one version of a site; a changed site has a new state and so finds nothing old. */
    record Key(SiteState state, String encodedPath) {}

    /** An answer and when the disk gave it. */
    static final class Entry {
        private final Resolution resolution;
        private final long resolvedAt;
        private final AtomicBoolean refreshing = new AtomicBoolean();
        private volatile long weight;
        private volatile long lastUsed;

        private Entry(Resolution resolution, long resolvedAt) {
            this.resolution = resolution;
            this.resolvedAt = resolvedAt;
            this.lastUsed = resolvedAt;
        }

        Resolution resolution() {
            return resolution;
        }

        boolean isFresh(long nowNanos) {
            return nowNanos - resolvedAt < FRESH_NANOS;
        }

        boolean isUsable(long nowNanos) {
            return nowNanos - resolvedAt < STALE_NANOS;
        }

        /** True for exactly one caller, who then looks the path up again. */
        boolean startRefresh() {
            return refreshing.compareAndSet(false, true);
        }

        /** A refresh that came to nothing may be tried again. */
        void stopRefresh() {
            refreshing.set(false);
        }
    }

    ResolutionCache(long maxWeight, int maxEntries) {
        this.maxWeight = maxWeight;
        this.maxEntries = maxEntries;
    }

    @Nullable
    Entry find(Key key, long nowNanos) {
        Entry entry = entries.get(key);
        // Coarse on purpose: writing a shared field on every request would make the event loops fight for it.
        if (entry != null && nowNanos - entry.lastUsed > FRESH_NANOS / 4) {
            entry.lastUsed = nowNanos;
        }
        return entry;
    }

    void store(Key key, Resolution resolution, long nowNanos) {
        if (key.encodedPath().length() > MAX_PATH_LENGTH) {
            return;
        }
        Entry entry = new Entry(resolution, nowNanos);
        entry.weight = weigh(resolution);
        Entry before = entries.put(key, entry);
        weight.addAndGet(entry.weight - (before == null ? 0 : before.weight));
        evict();
    }

    /** To be called when a cached file has grown by a compressed form. */
    void reweigh(Key key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return;
        }
        synchronized (entry) {
            long now = weigh(entry.resolution);
            weight.addAndGet(now - entry.weight);
            entry.weight = now;
        }
        evict();
    }

    void forget(SiteState state) {
        for (Key key : entries.keySet()) {
            if (key.state() == state) {
                remove(key);
            }
        }
    }

    private static long weigh(Resolution resolution) {
        return resolution instanceof StaticFile file ? file.weight() : 512;
    }

    private void evict() {
        if ((weight.get() <= maxWeight && entries.size() <= maxEntries) || !evicting.compareAndSet(false, true)) {
            return;
        }
        try {
            List<Key> oldest = entries.entrySet().stream()
                    .map(entry -> Map.entry(entry.getValue().lastUsed, entry.getKey()))
                    .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                    .map(Map.Entry::getValue)
                    .toList();
            for (Key key : oldest) {
                if (weight.get() <= maxWeight * 9 / 10 && entries.size() <= maxEntries * 9 / 10) {
                    return;
                }
                remove(key);
            }
        } finally {
            evicting.set(false);
        }
    }

    void remove(Key key) {
        Entry removed = entries.remove(key);
        if (removed != null) {
            weight.addAndGet(-removed.weight);
        }
    }

    int size() {
        return entries.size();
    }

    long weight() {
        return weight.get();
    }
}
