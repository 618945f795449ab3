package dev.ephpm.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One whole run: install, check, restart and read memory, measure in alternation, read memory again. */
final class Comparison {
    private static final int STARTS = 5;
    private static final String READY = "/_ephpm/ready";
    private static final String HELLO = Workload.HELLO.path();
    private static final String FRONT_PAGE = Workload.FRONT_PAGE.path();

    private final Options options;
    private final Ephpm ours;
    private final NginxFpmMariadb peer;
    private final Path loadScripts;
    private final Path queries;
    private final List<Series> series = new ArrayList<>();
    private final List<MemoryPair> memory = new ArrayList<>();
    private final List<StartTime> starts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * @param loadScripts the directory of what the clients run
     * @param queries where the statements of a front page are kept
     */
    Comparison(Options options, Ephpm ours, NginxFpmMariadb peer, Path loadScripts, Path queries) {
        this.options = options;
        this.ours = ours;
        this.peer = peer;
        this.loadScripts = loadScripts;
        this.queries = queries;
    }

    Results run(String command) throws IOException {
        String loadAverage = Machine.loadAverage();
        WordPress.Posts posts = install();
        check(posts);
        measureStarts();
        readMemory("idle, %d s after the start, nothing asked yet".formatted(options.settleSeconds()));
        Load load = new Load(loadScripts.resolve("comment.lua"), posts);
        for (Workload workload : options.workloads()) {
            measure(load, workload, workload.title());
        }
        memory.add(new MemoryPair("warm, right after the last run", Memory.of(ours), Memory.of(peer)));
        readMemory("settled, %d s later".formatted(options.settleSeconds()));
        DatabaseComparison databases = new DatabaseComparison(
                options, ours, peer, new DatabaseLoad(loadScripts.resolve("database.php"), queries, ours, peer));
        if (!options.databaseWorkloads().isEmpty()) {
            databases.prepare();
            databases.measureReads();
            databases.measureUnsyncedWrites();
        }
        if (options.writes()) {
            ours.setSynchronous(Ephpm.Synchronous.FULL);
            ours.close();
            StartClock.start(ours, HELLO);
        }
        databases.measureSyncedWrites();
        if (options.workloads().contains(Workload.COMMENT)) {
            measure(load, Workload.COMMENT, Workload.COMMENT.title() + ", every commit synced in both");
        }
        return new Results(
                LocalDate.now(ZoneOffset.UTC),
                command,
                Machine.describe(),
                loadAverage,
                series,
                databases.series(),
                memory,
                starts,
                notes);
    }

    private WordPress.Posts install() throws IOException {
        StartClock.start(ours, HELLO);
        StartClock.start(peer, HELLO);
        if (!options.needsWordPress()) {
            return WordPress.Posts.NONE;
        }
        say("installing WordPress on both");
        // The peer's database may need longer than its PHP.
        StartClock.await(peer, "/wp-admin/install.php", System.nanoTime());
        WordPress.Posts posts = new WordPress(ours.site()).install();
        if (!posts.equals(new WordPress(peer.site()).install())) {
            throw new BenchException("the two WordPress installations numbered their posts differently");
        }
        return posts;
    }

    private void check(WordPress.Posts posts) throws IOException {
        say("checking every answer");
        Checks checks = new Checks(options.workloads(), posts);
        checks.check(ours);
        checks.check(peer);
        Set<String> differences = Checks.differentSettings(ours, peer);
        if (!differences.isEmpty()) {
            notes.add("PHP settings that differ: `" + String.join("`, `", differences) + "`.");
        }
        if (options.needsWordPress()) {
            Checks.requireSamePage(ours, peer, FRONT_PAGE);
            notes.add("The WordPress front pages of both stacks were the same, byte for byte.");
        }
    }

    private void measureStarts() {
        say("measuring starts");
        String page = options.needsWordPress() ? FRONT_PAGE : HELLO;
        long[] ready = new long[STARTS];
        long[] ourPage = new long[STARTS];
        long[] peerPage = new long[STARTS];
        for (int attempt = 0; attempt < STARTS; attempt++) {
            ours.close();
            peer.close();
            long begin = System.nanoTime();
            ready[attempt] = StartClock.start(ours, READY);
            ourPage[attempt] = StartClock.await(ours, page, begin);
            peerPage[attempt] = StartClock.start(peer, page);
        }
        // Once more, so that memory is read from processes that were asked next to nothing.
        ours.close();
        peer.close();
        StartClock.start(ours, HELLO);
        StartClock.start(peer, HELLO);
        starts.add(new StartTime("ephpm, until ready", median(ready)));
        starts.add(new StartTime("ephpm, until the first answer to " + page, median(ourPage)));
        starts.add(new StartTime("peer, until the first answer to " + page, median(peerPage)));
    }

    private void readMemory(String moment) {
        say("waiting %d s to read memory".formatted(options.settleSeconds()));
        try {
            TimeUnit.SECONDS.sleep(options.settleSeconds());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while waiting", interrupted);
        }
        memory.add(new MemoryPair(moment, Memory.of(ours), Memory.of(peer)));
    }

    private void measure(Load load, Workload workload, String title) throws IOException {
        say(title);
        load.run(ours, workload, options.warmUpSeconds());
        load.run(peer, workload, options.warmUpSeconds());
        List<Measurement> ourRounds = new ArrayList<>();
        List<Measurement> peerRounds = new ArrayList<>();
        for (int round = 0; round < options.rounds(); round++) {
            ourRounds.add(counted(load, ours, workload));
            peerRounds.add(counted(load, peer, workload));
        }
        series.add(new Series(title, ourRounds, peerRounds));
    }

    /** Every comment that was answered must be in the database, and no other. */
    private Measurement counted(Load load, Stack stack, Workload workload) throws IOException {
        if (workload != Workload.COMMENT) {
            return load.run(stack, workload, options.seconds());
        }
        WordPress wordpress = new WordPress(stack.site());
        long before = wordpress.comments();
        Measurement measurement = load.run(stack, workload, options.seconds());
        long stored = wordpress.comments() - before;
        // wrk hangs up in the middle of the last requests; they may or may not have been stored.
        if (stored < measurement.requests() || stored > measurement.requests() + 2L * workload.connections()) {
            throw new BenchException(
                    "%s answered %d comments but stored %d".formatted(stack.name(), measurement.requests(), stored));
        }
        return measurement;
    }

    private static long median(long... milliseconds) {
        double[] values = new double[milliseconds.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = milliseconds[i];
        }
        return Math.round(Series.median(values));
    }

    private static void say(String what) {
        System.err.println("bench: " + what);
    }
}
