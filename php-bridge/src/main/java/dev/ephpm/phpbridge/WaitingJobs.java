package dev.ephpm.phpbridge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs without a worker: bounded in all and per site, handed out site by site in turn. Guarded by its owner's lock. */
final class WaitingJobs {
    private final int limit;
    private final int limitPerSite;
    private final Map<String, Deque<Job>> bySite = new LinkedHashMap<>();
    private int count;

    WaitingJobs(int limit, int limitPerSite) {
        this.limit = limit;
        this.limitPerSite = limitPerSite;
    }

    int count() {
        return count;
    }

    /** False when there is no room. */
    boolean add(Job job) {
        Deque<Job> queue = bySite.get(job.site());
        if (count >= limit || (queue != null && queue.size() >= limitPerSite)) {
            return false;
        }
        if (queue == null) {
            queue = new ArrayDeque<>();
            bySite.put(job.site(), queue);
        }
        queue.add(job);
        count++;
        return true;
    }

    /** The next job of the site whose turn it is; that site then goes to the back. */
    @Nullable
    Job poll() {
        if (count == 0) {
            return null;
        }
        Map.Entry<String, Deque<Job>> first = bySite.entrySet().iterator().next();
        String site = first.getKey();
        Deque<Job> queue = first.getValue();
        Job job = queue.remove();
        count--;
        bySite.remove(site);
        if (!queue.isEmpty()) {
            bySite.put(site, queue);
        }
        return job;
    }

    /** False when it is not waiting any more. */
    boolean remove(Job job) {
        Deque<Job> queue = bySite.get(job.site());
        if (queue == null || !queue.remove(job)) {
            return false;
        }
        count--;
        if (queue.isEmpty()) {
            bySite.remove(job.site());
        }
        return true;
    }

    List<Job> removeAll() {
        List<Job> all = new ArrayList<>();
        bySite.values().forEach(all::addAll);
        bySite.clear();
        count = 0;
        return all;
    }
}
