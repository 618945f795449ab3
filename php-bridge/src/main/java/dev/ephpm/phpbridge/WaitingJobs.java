package dev.ephpm.phpbridge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs without a worker: bounded in all and per site, handed out site by site in turn. Guarded by its owner's lock. */
final class WaitingJobs {
    private final int limit;
    private final int limitPerSite;
    private final Map<String, Deque<Waiting>> bySite = new LinkedHashMap<>();
    private int count;

    /** A job and when it came, in {@link System#nanoTime}. */
    private record Waiting(Job job, long since) {}

    WaitingJobs(int limit, int limitPerSite) {
        this.limit = limit;
        this.limitPerSite = limitPerSite;
    }

    int count() {
        return count;
    }

    /** False when there is no room. */
    boolean add(Job job, long now) {
        Deque<Waiting> queue = bySite.get(job.site());
        if (count >= limit || (queue != null && queue.size() >= limitPerSite)) {
            return false;
        }
        if (queue == null) {
            queue = new ArrayDeque<>();
            bySite.put(job.site(), queue);
        }
        queue.add(new Waiting(job, now));
        count++;
        return true;
    }

    /** The next job of the site whose turn it is; that site then goes to the back. */
    @Nullable
    Job poll() {
        if (count == 0) {
            return null;
        }
        Map.Entry<String, Deque<Waiting>> first = bySite.entrySet().iterator().next();
        String site = first.getKey();
        Deque<Waiting> queue = first.getValue();
        Job job = queue.remove().job();
        count--;
        bySite.remove(site);
        if (!queue.isEmpty()) {
            bySite.put(site, queue);
        }
        return job;
    }

    /** When the job that waits longest came. There must be one. */
    long oldest() {
        Iterator<Deque<Waiting>> queues = bySite.values().iterator();
        long oldest = queues.next().element().since();
        while (queues.hasNext()) {
            long since = queues.next().element().since();
            oldest = since - oldest < 0 ? since : oldest;
        }
        return oldest;
    }

    /** The jobs that came at this time or before. */
    List<Job> removeUntil(long time) {
        List<Job> removed = new ArrayList<>();
        Iterator<Deque<Waiting>> queues = bySite.values().iterator();
        while (queues.hasNext()) {
            Deque<Waiting> queue = queues.next();
            while (!queue.isEmpty() && queue.element().since() - time <= 0) {
                removed.add(queue.remove().job());
            }
            if (queue.isEmpty()) {
                queues.remove();
            }
        }
        count -= removed.size();
        return removed;
    }

    List<Job> removeAll() {
        List<Job> all = new ArrayList<>();
        bySite.values().forEach(queue -> queue.forEach(waiting -> all.add(waiting.job())));
        bySite.clear();
        count = 0;
        return all;
    }
}
