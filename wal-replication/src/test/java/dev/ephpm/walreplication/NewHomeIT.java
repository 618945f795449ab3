package dev.ephpm.walreplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moves and promotions between three nodes with real sqld processes. */
class NewHomeIT {
    private static final SiteName SITE = new SiteName("site.test");
    private static final String ROWS = "SELECT x FROM t ORDER BY x";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final LeaseTest.Store store = new LeaseTest.Store();
    private TestNode first;
    private TestNode second;
    private TestNode third;
    private LeaseKeeper keeper;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        TestCertificates certificates = new TestCertificates(directory.resolve("certificates"));
        PeerCredentials server = certificates.sign("sqld");
        PeerCredentials client = certificates.sign("node");
        first = new TestNode("first", directory.resolve("1"), server, store);
        second = new TestNode("second", directory.resolve("2"), server, store);
        third = new TestNode("third", directory.resolve("3"), server, store);
        first.replicate(second, client);
        second.replicate(first, client);
        third.replicate(first, client);
        third.replicate(second, client);
        store.record = LeaseRecord.first(SITE, "first");
        first.primary.create(SITE);
        keeper = new LeaseKeeper();
        first.lease(SITE).step(false);
        write(first, "CREATE TABLE t (x INTEGER PRIMARY KEY)");
        second.join(SITE, "first");
        third.join(SITE, "first");
    }

    @AfterEach
    void stop() {
        keeper.close();
        third.close();
        second.close();
        first.close();
    }

    private static long write(TestNode node, String sql) throws IOException, InterruptedException {
        return node.write(SITE, sql).orElseThrow(() -> new IllegalStateException(node.name + " does not write"));
    }

    private static String rows(TestSqld process) {
        return SqliteCopy.read(process.directory(SITE).resolve("data"), ROWS);
    }

    private static void awaitRows(TestSqld process, String rows) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        String latest = "";
        while (System.nanoTime() < end) {
            try {
                latest = rows(process);
            } catch (IllegalStateException e) {
                latest = e.getMessage();
            }
            if (rows.equals(latest)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(latest).isEqualTo(rows);
    }

    /** Writes numbers wherever it may, and remembers which were acknowledged and the longest time without one. */
    private final class Writer implements AutoCloseable {
        private final Thread thread = Thread.ofPlatform().start(this::run);
        private volatile boolean stopped;
        private volatile @Nullable Exception failure;
        private final AtomicInteger acknowledged = new AtomicInteger();
        private volatile long longestPauseNanos;

        private void run() {
            long last = System.nanoTime();
            try {
                while (!stopped) {
                    String sql = "INSERT INTO t VALUES (" + acknowledged.get() + ")";
                    if (first.write(SITE, sql).isPresent()
                            || second.write(SITE, sql).isPresent()) {
                        long now = System.nanoTime();
                        longestPauseNanos = Math.max(longestPauseNanos, now - last);
                        last = now;
                        acknowledged.incrementAndGet();
                    }
                }
            } catch (IOException | InterruptedException | RuntimeException e) {
                failure = e;
            }
        }

        void await(int count) throws InterruptedException {
            while (acknowledged.get() < count && failure == null) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }

        @Override
        public void close() {
            stopped = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            assertThat(failure).isNull();
        }
    }

    /** What keeps the leases of a running appliance. */
    private final class LeaseKeeper implements AutoCloseable {
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        private final ScheduledFuture<?> running =
                timer.scheduleWithFixedDelay(this::step, 0, 10, TimeUnit.MILLISECONDS);

        private void step() {
            first.lease(SITE).step(false);
            second.lease(SITE).step(false);
        }

        @Override
        public void close() {
            running.cancel(false);
            timer.close();
        }
    }

    private static void awaitLease(TestNode node) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (node.lease(SITE).epoch().isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertThat(node.lease(SITE).epoch()).isPresent();
    }

    private static String numbers(int count) {
        StringBuilder all = new StringBuilder();
        for (int number = 0; number < count; number++) {
            all.append(all.isEmpty() ? "" : ",").append(number);
        }
        return all.toString();
    }

    @Test
    void aMoveLosesNothingWhileAWriterGoesOn() throws Exception {
        Writer writer = new Writer();
        try (writer) {
            writer.await(50);
            second.newHome().move(SITE, first.home, List.of(first, third));
            writer.await(writer.acknowledged.get() + 50);
        }

        System.out.println("planned move: writes paused for " + writer.longestPauseNanos / 1_000_000 + " ms, "
                + writer.acknowledged.get() + " writes");
        String written = numbers(writer.acknowledged.get());
        assertThat(rows(second.primary)).isEqualTo(written);
        awaitRows(first.replica("second"), written);
        awaitRows(third.replica("second"), written);
        assertThat(first.primary.directory(SITE)).doesNotExist();
        assertThat(second.replica("first").directory(SITE)).doesNotExist();
        assertThat(third.replica("first").directory(SITE)).doesNotExist();
        assertThat(first.orphans.path(SITE, 1)).doesNotExist();
        assertThat(second.newHome().unfinished()).isEmpty();
        awaitLease(second);
        assertThat(second.lease(SITE).epoch()).hasValue(2);
    }

    /** Fails at each call in turn, as if the process had died there, and is then repeated by another object. */
    @Test
    void aMoveMayBeCutOffAnywhere() throws Exception {
        write(first, "INSERT INTO t VALUES (0)");
        int written = 1;
        for (int call = 0; ; call++) {
            boolean forth = call % 2 == 0;
            TestNode from = forth ? first : second;
            TestNode to = forth ? second : first;
            Cut cut = new Cut(call);
            try {
                move(to, from, cut);
                assertThat(call).as("calls in a move").isGreaterThan(6);
                return;
            } catch (Cut.Off e) {
                assertThat(to.newHome().unfinished()).containsExactly(SITE);
            }
            move(to, from, new Cut(Integer.MAX_VALUE));
            to.open(SITE);
            awaitLease(to);
            write(to, "INSERT INTO t VALUES (" + written++ + ")");
            assertThat(rows(to.primary)).isEqualTo(numbers(written));
            awaitRows(from.replica(to.name), numbers(written));
            assertThat(from.write(SITE, "INSERT INTO t VALUES (-1)")).isEmpty();
            assertThat(to.newHome().unfinished()).isEmpty();
        }
    }

    private void move(TestNode to, TestNode from, Cut cut) {
        DatabaseCopy copy = (database, target) -> {
            cut.call();
            new SqliteCopy().copy(database, target);
            cut.call();
        };
        to.newHome(copy, store).move(SITE, cut.around(from.home), List.of(cut.around(from)));
    }

    /** Ends like a killed process: not an error that anyone handles. */
    private static final class Cut {
        private final AtomicInteger left;

        static final class Off extends Error {
            private static final long serialVersionUID = 1;
        }

        Cut(int calls) {
            left = new AtomicInteger(calls);
        }

        void call() {
            if (left.getAndDecrement() == 0) {
                throw new Off();
            }
        }

        FollowerNode around(TestNode node) {
            return new FollowerNode() {
                @Override
                public void leave(SiteName site, String formerHome) {
                    call();
                    node.leave(site, formerHome);
                }

                @Override
                public void join(SiteName site, String home) {
                    call();
                    node.join(site, home);
                }
            };
        }

        HomeNode around(HomeNode node) {
            return new HomeNode() {
                @Override
                public String name() {
                    return node.name();
                }

                @Override
                public Optional<Position> block(SiteName site) {
                    call();
                    Optional<Position> end = node.block(site);
                    call();
                    return end;
                }

                @Override
                public void unblock(SiteName site) {
                    call();
                    node.unblock(site);
                }

                @Override
                public LeaseRecord handOver(SiteName site, String next, Optional<Position> end) {
                    call();
                    LeaseRecord passed = node.handOver(site, next, end);
                    call();
                    return passed;
                }

                @Override
                public void retire(SiteName site, long epoch, Optional<Position> carriedOver) {
                    call();
                    node.retire(site, epoch, carriedOver);
                }
            };
        }
    }

    @Test
    void aMoveThatFailsBeforeTheSwitchIsUndone() throws Exception {
        DatabaseCopy broken = (database, target) -> {
            throw new ReplicationException(ReplicationException.Code.FILES, "the disk is full");
        };

        assertThatThrownBy(() -> second.newHome(broken, store).move(SITE, first.home, List.of(first, third)))
                .hasMessage("the disk is full");

        awaitLease(first);
        write(first, "INSERT INTO t VALUES (0)");
        awaitRows(second.replica("first"), "0");
        assertThat(second.newHome().unfinished()).isEmpty();
        assertThat(second.primary.directory(SITE)).doesNotExist();
    }

    /** The home dies with a write that no copy has; a copy is promoted, and the home comes back. */
    @Test
    void aLostHomeIsReplacedAndItsLastWritesAreKeptWhenItComesBack() throws Exception {
        write(first, "INSERT INTO t VALUES (0)");
        long carried = write(first, "INSERT INTO t VALUES (1)");
        second.replica("first").awaitFrame(SITE, carried);
        third.replica("first").awaitFrame(SITE, carried);
        second.replica("first").kill();
        third.replica("first").kill();
        long lost = write(first, "INSERT INTO t VALUES (2)");
        Position lastKnown = new Position(
                first.primary.files(SITE).primaryPosition().orElseThrow().log(), lost);
        first.primary.kill();
        keeper.close();

        Candidate best = Candidate.best(lastKnown, List.of(candidate(third), candidate(second)))
                .orElseThrow();
        assertThat(best.node()).isEqualTo("second");
        assertThat(best.missing(lastKnown)).isEqualTo(1);
        assertThatThrownBy(() -> second.newHome().promote(SITE, "first", List.of(third)))
                .isInstanceOfSatisfying(
                        ReplicationException.class,
                        e -> assertThat(e.code()).isEqualTo(ReplicationException.Code.NOT_THE_HOLDER));
        while (!second.lease(SITE).step(true)) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        long taken = System.nanoTime();
        assertThat(first.write(SITE, "INSERT INTO t VALUES (3)")).isEmpty();
        second.replica("first").start();
        third.replica("first").start();
        Optional<Position> carriedOver = second.newHome().promote(SITE, "first", List.of(third));
        System.out.println("promotion: " + (System.nanoTime() - taken) / 1_000_000 + " ms after the lease was taken");
        assertThat(second.lease(SITE).step(false)).isTrue();
        write(second, "INSERT INTO t VALUES (4)");

        first.primary.start();
        assertThat(first.lease(SITE).step(false)).isFalse();
        assertThat(first.write(SITE, "INSERT INTO t VALUES (5)")).isEmpty();
        first.home.retire(SITE, 1, carriedOver);
        first.join(SITE, "second");

        assertThat(carriedOver).contains(new Position(lastKnown.log(), carried));
        for (TestSqld copy : List.of(first.replica("second"), third.replica("second"), second.primary)) {
            awaitRows(copy, "0,1,4");
        }
        assertThat(SqliteCopy.read(first.orphans.path(SITE, 1), ROWS)).isEqualTo("0,1,2");
        assertThat(first.primary.directory(SITE)).doesNotExist();
        assertThat(second.newHome().unfinished()).isEmpty();
    }

    private static Candidate candidate(TestNode node) {
        return new Candidate(
                node.name, node.replica("first").files(SITE).replicaPosition().orElseThrow());
    }

    /** sqld has no idea of epochs: a former home's process would take writes, also after a restart. */
    @Test
    void aFormerHomeIsFencedInItsOwnProcessToo() throws Exception {
        write(first, "INSERT INTO t VALUES (0)");
        first.home.block(SITE);

        assertThatThrownBy(() -> first.primary.write(SITE, "INSERT INTO t VALUES (1)"))
                .isInstanceOf(IOException.class);
        first.primary.kill();
        first.primary.start();
        assertThatThrownBy(() -> first.primary.write(SITE, "INSERT INTO t VALUES (1)"))
                .isInstanceOf(IOException.class);

        first.home.unblock(SITE);
        write(first, "INSERT INTO t VALUES (1)");
        assertThat(rows(first.primary)).isEqualTo("0,1");
    }

    @Test
    void aHomeThatWasWrittenAfterItsEndWasReadDoesNotPassTheLeaseOn() throws Exception {
        Optional<Position> end = first.home.block(SITE);
        first.home.unblock(SITE);
        write(first, "INSERT INTO t VALUES (0)");

        assertThatThrownBy(() -> first.home.handOver(SITE, "second", end))
                .isInstanceOfSatisfying(
                        ReplicationException.class,
                        e -> assertThat(e.code()).isEqualTo(ReplicationException.Code.WRONG_STATE));
        assertThat(Objects.requireNonNull(store.record).holder()).isEqualTo("first");
    }
}
