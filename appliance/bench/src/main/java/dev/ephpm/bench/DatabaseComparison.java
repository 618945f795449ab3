package dev.ephpm.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The databases alone, in alternation. Workloads that write are measured twice, each time with the same durability in both. */
final class DatabaseComparison {
    private final Options options;
    private final Ephpm ours;
    private final NginxFpmMariadb peer;
    private final DatabaseLoad load;
    private final List<Series> series = new ArrayList<>();

    DatabaseComparison(Options options, Ephpm ours, NginxFpmMariadb peer, DatabaseLoad load) {
        this.options = options;
        this.ours = ours;
        this.peer = peer;
        this.load = load;
    }

    List<Series> series() {
        return series;
    }

    void prepare() throws IOException {
        say("filling tables");
        load.prepare(ours);
        load.prepare(peer);
        if (options.databaseWorkloads().stream().anyMatch(DatabaseWorkload::isWordPress)) {
            load.recordFrontPage(ours, peer);
        }
    }

    void measureReads() {
        measure(workload -> !workload.writes(), Optional.empty());
    }

    /** Ours with its default; the peer writes to the kernel at each commit and syncs once a second. */
    void measureUnsyncedWrites() {
        peer.syncCommits(false);
        measure(DatabaseWorkload::writes, Optional.of("no commit waits for the disk"));
        peer.syncCommits(true);
    }

    /** To be called when ours has been started with {@link Ephpm.Synchronous#FULL}. */
    void measureSyncedWrites() {
        measure(DatabaseWorkload::writes, Optional.of("every commit synced"));
    }

    private void measure(Predicate<DatabaseWorkload> which, Optional<String> durability) {
        for (DatabaseWorkload workload : options.databaseWorkloads()) {
            if (which.test(workload)) {
                series.add(measure(workload, workload.title(durability)));
            }
        }
    }

    private Series measure(DatabaseWorkload workload, String title) {
        say(title);
        load.run(ours, workload, options.warmUpSeconds());
        load.run(peer, workload, options.warmUpSeconds());
        List<Measurement> ourRounds = new ArrayList<>();
        List<Measurement> peerRounds = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            ourRounds.add(load.run(ours, workload, options.seconds()));
            peerRounds.add(load.run(peer, workload, options.seconds()));
        }
        return new Series(title, ourRounds, peerRounds);
    }

    private static void say(String what) {
        System.err.println("bench: " + what);
    }
}
