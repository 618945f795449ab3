package dev.ephpm.walreplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a replica's file must not be read, on its own. */
class ReplicaGateTest {
    private static final UUID LOG = UUID.fromString("08a1a40f-5f1e-42c7-b031-7d2513acb47c");
    private static final UUID OTHER = UUID.fromString("f60cbe20-27b9-4672-9b2a-bfbab051f633");

    @TempDir
    private Path directory;

    private ReplicaGate gate;
    private FileIdentity opened;

    @BeforeEach
    void aReplicaAtFrameTen() throws IOException {
        Files.writeString(directory.resolve("data"), "the database");
        position(LOG, 10);
        gate = new ReplicaGate(new LogFiles(directory), ReplicaGate.LONGEST_WAIT);
        gate.headSeen(new Head(LOG, 8L, false));
        opened = gate.identity().orElseThrow();
    }

    private void position(UUID log, long frame) throws IOException {
        Files.write(
                directory.resolve("client_wal_index"),
                ByteBuffer.allocate(32)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(log.getLeastSignificantBits())
                        .putLong(log.getMostSignificantBits())
                        .putLong(frame)
                        .array());
    }

    @Test
    void aFreshReplicaIsRead() {
        assertThat(gate.admit(opened, null)).isEqualTo(Admission.ADMITTED);
        assertThat(gate.admit(opened, new Position(LOG, 10))).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void nothingIsReadBeforeTheHomeWasHeard() {
        ReplicaGate deaf = new ReplicaGate(new LogFiles(directory), ReplicaGate.LONGEST_WAIT);

        assertThat(deaf.admit(opened, null)).isEqualTo(Admission.NOT_HERE);
    }

    @Test
    void nothingIsReadBetweenTwoHomes() {
        gate.homeChanged();
        assertThat(gate.admit(opened, null)).isEqualTo(Admission.NOT_HERE);

        gate.headSeen(new Head(LOG, 10L, false));
        assertThat(gate.admit(opened, null)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void aReplacedFileHasToBeOpenedAnew() throws IOException {
        Files.move(directory.resolve("data"), directory.resolve("unlinked"));
        Files.writeString(directory.resolve("data"), "another database");

        assertThat(gate.admit(opened, null)).isEqualTo(Admission.REPLACED);
        assertThat(gate.admit(gate.identity().orElseThrow(), null)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void aDeletedFileIsNotHere() throws IOException {
        Files.delete(directory.resolve("data"));

        assertThat(gate.identity()).isEmpty();
        assertThat(gate.admit(opened, null)).isEqualTo(Admission.NOT_HERE);
    }

    @Test
    void aReplicaThatStartsAnewIsNotHere() throws IOException {
        Files.write(directory.resolve("client_wal_index"), new byte[0]);
        assertThat(gate.admit(opened, null)).isEqualTo(Admission.NOT_HERE);

        Files.delete(directory.resolve("client_wal_index"));
        assertThat(gate.admit(opened, null)).isEqualTo(Admission.NOT_HERE);
    }

    @Test
    void aReplicaOfAnotherLogIsNotRead() throws IOException {
        position(OTHER, 1_000);
        assertThat(gate.admit(opened, null)).isEqualTo(Admission.OTHER_LOG);

        gate.headSeen(new Head(OTHER, 900L, false));
        assertThat(gate.admit(opened, null)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void anOldLogIsNotReadAnyMoreOnceTheNewOneIsKnown() {
        gate.headSeen(new Head(OTHER, 1L, false));

        assertThat(gate.admit(opened, null)).isEqualTo(Admission.OTHER_LOG);
    }

    /** Snapshots arrive as consistent but older states, one after the other. */
    @Test
    void aReplicaThatIsStillCopyingIsTooOld() throws IOException {
        position(OTHER, 20);
        gate.headSeen(new Head(OTHER, 100L, false));
        assertThat(gate.admit(opened, null)).isEqualTo(Admission.TOO_OLD);

        position(OTHER, 100);
        assertThat(gate.admit(opened, null)).isEqualTo(Admission.ADMITTED);
    }

    /** Later heads of the same log are the ordinary lag, which bookmarks are for. */
    @Test
    void onlyTheFirstHeadOfALogMatters() {
        gate.headSeen(new Head(LOG, 500L, false));

        assertThat(gate.admit(opened, null)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void anEmptyLogHasNothingToWaitFor() throws IOException {
        gate.headSeen(new Head(OTHER, null, false));
        position(OTHER, 0);

        assertThat(gate.admit(opened, null)).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void aPositionInAnotherLogSaysNothingHere() {
        assertThat(gate.admit(opened, new Position(OTHER, 1))).isEqualTo(Admission.FOREIGN_POSITION);
    }

    @Test
    void aReaderWaitsForItsPositionAndGivesUp() {
        long start = System.nanoTime();

        assertThat(gate.admit(opened, new Position(LOG, 11))).isEqualTo(Admission.BEHIND_READER);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(ReplicaGate.LONGEST_WAIT, ReplicaGate.LONGEST_WAIT.multipliedBy(100));
    }

    @Test
    void aReaderIsLetInWhenItsPositionArrives() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        CompletableFuture<Admission> answer = CompletableFuture.supplyAsync(() -> {
            asking.countDown();
            return askUntilDecided(new Position(LOG, 11));
        });
        asking.await();
        position(LOG, 11);

        assertThat(answer.get()).isEqualTo(Admission.ADMITTED);
    }

    /** On a busy machine the other thread may take longer than one wait. */
    private Admission askUntilDecided(Position seen) {
        Admission admission = gate.admit(opened, seen);
        for (int again = 0; admission == Admission.BEHIND_READER && again < 200; again++) {
            admission = gate.admit(opened, seen);
        }
        return admission;
    }

    @Test
    void aWaitingReaderNoticesThatTheFileIsReplaced() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        CompletableFuture<Admission> answer = CompletableFuture.supplyAsync(() -> {
            asking.countDown();
            return askUntilDecided(new Position(LOG, 11));
        });
        asking.await();
        Path other = Files.writeString(directory.resolve("other"), "another database");
        Files.createLink(directory.resolve("unlinked"), directory.resolve("data"));
        Files.move(other, directory.resolve("data"), StandardCopyOption.ATOMIC_MOVE);

        assertThat(answer.get()).isEqualTo(Admission.REPLACED);
    }

    @Test
    void waitingCostsNextToNoProcessorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        gate.admit(opened, new Position(LOG, 11));
        long before = threads.getCurrentThreadCpuTime();

        gate.admit(opened, new Position(LOG, 11));

        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before))
                .isLessThan(ReplicaGate.LONGEST_WAIT.dividedBy(4));
    }

    @Test
    void anInterruptedReaderDoesNotWait() {
        Thread.currentThread().interrupt();
        try {
            long shortest = Long.MAX_VALUE;
            for (int attempt = 0; attempt < 10; attempt++) {
                long start = System.nanoTime();
                assertThat(gate.admit(opened, new Position(LOG, 11))).isEqualTo(Admission.BEHIND_READER);
                shortest = Math.min(shortest, System.nanoTime() - start);
            }
            assertThat(Duration.ofNanos(shortest)).isLessThan(ReplicaGate.LONGEST_WAIT);
            assertThat(gate.admit(opened, null)).isEqualTo(Admission.ADMITTED);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aWaitIsBounded() {
        LogFiles files = new LogFiles(directory);
        Duration tooLong = ReplicaGate.LONGEST_WAIT.plusNanos(1);

        assertThatThrownBy(() -> new ReplicaGate(files, tooLong)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReplicaGate(files, Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theHomeIsReadUntilAnotherIsKnown() throws IOException {
        AtomicReference<Tenure> tenure = new AtomicReference<>(Tenure.HELD);
        HomeGate home = new HomeGate(new LogFiles(directory), tenure::get);
        assertThat(home.admit(opened, new Position(OTHER, 99))).isEqualTo(Admission.ADMITTED);

        Files.move(directory.resolve("data"), directory.resolve("unlinked"));
        assertThat(home.admit(opened, null)).isEqualTo(Admission.NOT_HERE);
        Files.writeString(directory.resolve("data"), "another database");
        assertThat(home.admit(opened, null)).isEqualTo(Admission.REPLACED);

        tenure.set(Tenure.NONE);
        assertThat(home.admit(home.identity().orElseThrow(), null)).isEqualTo(Admission.NOT_HOME);
    }

    /** All other regions may be gone, or may have a new home that this node has not heard of. */
    @Test
    void aHomeThatCouldNotRenewAnswersWhoHasSeenNothingNewer() throws IOException {
        Files.write(directory.resolve("wallog"), LogFilesTest.golden("wallog"));
        HomeGate home = new HomeGate(new LogFiles(directory), () -> Tenure.LAPSED);

        assertThat(home.admit(opened, null)).isEqualTo(Admission.ADMITTED);
        assertThat(home.admit(opened, new Position(LOG, 2))).isEqualTo(Admission.ADMITTED);
        assertThat(home.admit(opened, new Position(LOG, 3))).isEqualTo(Admission.BEHIND_READER);
        assertThat(home.admit(opened, new Position(OTHER, 1))).isEqualTo(Admission.FOREIGN_POSITION);
    }

    /** In processor time, because others run here too. The aim is 5 µs on a quiet machine; the limit is what a busy one may take. */
    @Test
    void askingCostsMicroseconds() {
        Position seen = new Position(LOG, 9);
        int rounds = 20_000;
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 8; attempt++) {
            long start = threads.getCurrentThreadCpuTime();
            for (int round = 0; round < rounds; round++) {
                if (gate.admit(opened, seen) != Admission.ADMITTED) {
                    throw new AssertionError("not admitted");
                }
            }
            best = Math.min(best, (threads.getCurrentThreadCpuTime() - start) / rounds);
        }
        System.out.println("gate: " + best + " ns per read");
        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofNanos(20_000));
    }
}
