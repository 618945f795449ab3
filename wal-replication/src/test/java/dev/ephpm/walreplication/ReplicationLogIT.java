package dev.ephpm.walreplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real primary answers over mutual TLS, and what real processes keep in their files. */
class ReplicationLogIT {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir
    private static Path directory;

    private static TestCertificates certificates;
    private static TestSqld primary;
    private static TestSqld replica;
    private static ReplicationLogClient client;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        certificates = new TestCertificates(directory.resolve("certificates"));
        primary = TestSqld.primary(directory.resolve("primary"), certificates.sign("sqld"));
        PeerCredentials node = certificates.sign("node");
        replica = TestSqld.replica(directory.resolve("replica"), node, primary.grpcPort());
        client = new ReplicationLogClient("127.0.0.1", primary.grpcPort(), node, DEADLINE);
    }

    @AfterAll
    static void stop() {
        client.close();
        replica.close();
        primary.close();
    }

    @Test
    void anEmptyLogHasAnIdentityAndNoPosition() throws Exception {
        primary.create("empty.test");

        Head head = client.hello("empty.test");

        assertThat(head.position()).isEmpty();
        assertThat(primary.files("empty.test").primaryPosition()).isEmpty();
        replica.touch("empty.test");
        assertThat(replica.files("empty.test").replicaPosition()).isEmpty();
    }

    @Test
    void headFilesAndAnswersAgree() throws Exception {
        primary.create("agree.test");
        primary.write("agree.test", "CREATE TABLE t (x)");
        long frame = primary.write("agree.test", "INSERT INTO t VALUES (1)");
        replica.touch("agree.test");

        Position head = client.hello("agree.test").position().orElseThrow();

        assertThat(head.frame()).isEqualTo(frame);
        assertThat(primary.files("agree.test").primaryPosition()).contains(head);
        assertThat(replica.awaitFrame("agree.test", frame)).isEqualTo(head);
    }

    @Test
    void commitsCarryTheTimeTheyWereMade() throws Exception {
        primary.create("times.test");
        Instant before = Instant.now().minusMillis(1);
        long first = primary.write("times.test", "CREATE TABLE t (x)");
        long second = primary.write("times.test", "INSERT INTO t VALUES (1)");

        List<Commit> commits = client.commits("times.test", 0);

        assertThat(commits).extracting(Commit::frame).containsExactly(first, second);
        assertThat(commits)
                .allSatisfy(commit ->
                        assertThat(commit.at()).isBetween(before, Instant.now().plusMillis(1)));
        assertThat(client.commits("times.test", second)).hasSize(1);
        assertThat(client.commits("times.test", second + 1)).isEmpty();
    }

    /** sqld never cuts a transaction in two, so an answer can be larger than anything one would hold in memory. */
    @Test
    void anAnswerAboveTheLimitIsRefusedAndSmallerOnesArrive() throws Exception {
        primary.create("batch.test");
        primary.write("batch.test", "CREATE TABLE t (x)");
        String rows = "INSERT INTO t SELECT zeroblob(3500) FROM generate_series(1, %d)";
        long small = primary.write("batch.test", rows.formatted(900));
        assertThat(client.commits("batch.test", 3)).extracting(Commit::frame).containsExactly(small);

        long large = primary.write("batch.test", rows.formatted(1500));

        assertThat(client.commits("batch.test", large)).hasSize(1);
        assertThatThrownBy(() -> client.commits("batch.test", small + 1))
                .isInstanceOfSatisfying(
                        ReplicationException.class,
                        e -> assertThat(e.code()).isEqualTo(ReplicationException.Code.TOO_LARGE));
    }

    @Test
    void aSessionIsRenewedAfterAChangeOfTheSite() throws Exception {
        primary.create("renew.test");
        primary.write("renew.test", "CREATE TABLE t (x)");
        assertThat(client.commits("renew.test", 0)).hasSize(1);

        primary.blockWrites("renew.test", true);

        assertThat(client.commits("renew.test", 0)).hasSize(1);
        assertThat(client.hello("renew.test").writesBlocked()).isTrue();
    }

    @Test
    void anUnknownSiteIsSaidToBeUnknown() {
        assertThatThrownBy(() -> client.hello("unknown.test"))
                .isInstanceOfSatisfying(
                        ReplicationException.class,
                        e -> assertThat(e.code()).isEqualTo(ReplicationException.Code.UNKNOWN_SITE));
    }

    @Test
    void whatIsNoNameOfASiteIsNotSent() {
        assertThatThrownBy(() -> client.hello("../../etc")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStrangersCertificateIsRefusedByBothSides() throws Exception {
        PeerCredentials stranger = new TestCertificates(directory.resolve("strangers")).sign("node");
        PeerCredentials trusting = new PeerCredentials(
                stranger.certificate(),
                stranger.key(),
                certificates.sign("other").authority());

        assertUnreachable(stranger);
        assertUnreachable(trusting);
    }

    private static void assertUnreachable(PeerCredentials credentials) {
        try (ReplicationLogClient refused =
                new ReplicationLogClient("127.0.0.1", primary.grpcPort(), credentials, DEADLINE)) {
            assertThatThrownBy(() -> refused.hello("agree.test"))
                    .isInstanceOfSatisfying(
                            ReplicationException.class,
                            e -> assertThat(e.code()).isEqualTo(ReplicationException.Code.UNREACHABLE));
        }
    }

    @Test
    void aServerOfAnotherNameIsRefused() throws Exception {
        try (TestSqld misnamed = TestSqld.primary(directory.resolve("misnamed"), certificates.sign("misnamed"));
                ReplicationLogClient careful = new ReplicationLogClient(
                        "127.0.0.1", misnamed.grpcPort(), certificates.sign("careful"), DEADLINE)) {
            assertThatThrownBy(() -> careful.hello("agree.test"))
                    .isInstanceOfSatisfying(
                            ReplicationException.class,
                            e -> assertThat(e.code()).isEqualTo(ReplicationException.Code.UNREACHABLE));
        }
    }

    /** A stopped process keeps its connections: only the deadline ends the call. */
    @Test
    void aCallEndsAtItsDeadlineAndTheConnectionComesBack() throws Exception {
        try (TestSqld own = TestSqld.primary(directory.resolve("own"), certificates.sign("sqld"));
                ReplicationLogClient hurried = new ReplicationLogClient(
                        "127.0.0.1", own.grpcPort(), certificates.sign("hurried"), Duration.ofMillis(500))) {
            own.create("own.test");
            hurried.hello("own.test");
            own.signal("STOP");
            long start = System.nanoTime();
            assertThatThrownBy(() -> hurried.hello("own.test")).isInstanceOf(ReplicationException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));

            own.kill();
            assertThatThrownBy(() -> hurried.hello("own.test")).isInstanceOf(ReplicationException.class);
            own.start();

            assertThat(helloWithin(hurried, "own.test", DEADLINE)).isTrue();
        }
    }

    /** While there is no connection, calls fail at once; each sets off another attempt to connect. */
    private static boolean helloWithin(ReplicationLogClient client, String site, Duration limit)
            throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            try {
                client.hello(site);
                return true;
            } catch (ReplicationException e) {
                assertThat(e.code()).isEqualTo(ReplicationException.Code.UNREACHABLE);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        return false;
    }
}
