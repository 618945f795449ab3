package dev.ephpm.walreplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real primary answers over mutual TLS, and what real processes keep in their files. */
class ReplicationLogIT {
    private static final SiteName AGREE = new SiteName("agree.test");
    private static final SiteName BATCH = new SiteName("batch.test");
    private static final SiteName EMPTY = new SiteName("empty.test");
    private static final SiteName OWN = new SiteName("own.test");
    private static final SiteName RENEW = new SiteName("renew.test");
    private static final SiteName TIMES = new SiteName("times.test");
    private static final SiteName UNKNOWN = new SiteName("unknown.test");
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /** gRPC says for each piece of an answer above the limit that it comes too late. */
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    @TempDir
    private static Path directory;

    private static TestCertificates certificates;
    private static TestSqld primary;
    private static TestSqld replica;
    private static ReplicationLogClient client;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        GRPC.setLevel(Level.WARNING);
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
        primary.create(EMPTY);

        Head head = client.hello(EMPTY);

        assertThat(head.position()).isEmpty();
        assertThat(primary.files(EMPTY).primaryPosition()).isEmpty();
        replica.touch(EMPTY);
        assertThat(replica.files(EMPTY).replicaPosition()).isEmpty();
    }

    @Test
    void headFilesAndAnswersAgree() throws Exception {
        primary.create(AGREE);
        primary.write(AGREE, "CREATE TABLE t (x)");
        long frame = primary.write(AGREE, "INSERT INTO t VALUES (1)");
        replica.touch(AGREE);

        Position head = client.hello(AGREE).position().orElseThrow();

        assertThat(head.frame()).isEqualTo(frame);
        assertThat(primary.files(AGREE).primaryPosition()).contains(head);
        assertThat(replica.awaitFrame(AGREE, frame)).isEqualTo(head);
    }

    @Test
    void commitsCarryTheTimeTheyWereMade() throws Exception {
        primary.create(TIMES);
        Instant before = Instant.now().minusMillis(1);
        long first = primary.write(TIMES, "CREATE TABLE t (x)");
        long second = primary.write(TIMES, "INSERT INTO t VALUES (1)");

        List<Commit> commits = client.commits(TIMES, 0);

        assertThat(commits).extracting(Commit::frame).containsExactly(first, second);
        assertThat(commits)
                .allSatisfy(commit ->
                        assertThat(commit.at()).isBetween(before, Instant.now().plusMillis(1)));
        assertThat(client.commits(TIMES, second)).hasSize(1);
        assertThat(client.commits(TIMES, second + 1)).isEmpty();
    }

    /** sqld never cuts a transaction in two, so an answer can be larger than anything one would hold in memory. */
    @Test
    void anAnswerAboveTheLimitIsRefusedAndSmallerOnesArrive() throws Exception {
        primary.create(BATCH);
        primary.write(BATCH, "CREATE TABLE t (x)");
        String rows = "INSERT INTO t SELECT zeroblob(3500) FROM generate_series(1, %d)";
        long small = primary.write(BATCH, rows.formatted(900));
        assertThat(client.commits(BATCH, 3)).extracting(Commit::frame).containsExactly(small);

        long large = primary.write(BATCH, rows.formatted(1500));

        assertThat(client.commits(BATCH, large)).hasSize(1);
        assertThatThrownBy(() -> client.commits(BATCH, small + 1))
                .isInstanceOfSatisfying(
                        ReplicationException.class,
                        e -> assertThat(e.code()).isEqualTo(ReplicationException.Code.TOO_LARGE));
    }

    @Test
    void aSessionIsRenewedAfterAChangeOfTheSite() throws Exception {
        primary.create(RENEW);
        primary.write(RENEW, "CREATE TABLE t (x)");
        assertThat(client.commits(RENEW, 0)).hasSize(1);

        primary.blockWrites(RENEW, true);

        assertThat(client.commits(RENEW, 0)).hasSize(1);
        assertThat(client.hello(RENEW).writesBlocked()).isTrue();
    }

    @Test
    void anUnknownSiteIsSaidToBeUnknown() {
        assertThatThrownBy(() -> client.hello(UNKNOWN))
                .isInstanceOfSatisfying(
                        ReplicationException.class,
                        e -> assertThat(e.code()).isEqualTo(ReplicationException.Code.UNKNOWN_SITE));
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
            assertThatThrownBy(() -> refused.hello(AGREE))
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
            assertThatThrownBy(() -> careful.hello(AGREE))
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
            own.create(OWN);
            assertThat(helloWithin(hurried, OWN, DEADLINE)).isTrue();
            own.signal("STOP");
            long start = System.nanoTime();
            assertThatThrownBy(() -> hurried.hello(OWN)).isInstanceOf(ReplicationException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));

            own.kill();
            assertThatThrownBy(() -> hurried.hello(OWN)).isInstanceOf(ReplicationException.class);
            own.start();

            assertThat(helloWithin(hurried, OWN, DEADLINE)).isTrue();
        }
    }

    /** While there is no connection, calls fail at once; each sets off another attempt to connect. */
    private static boolean helloWithin(ReplicationLogClient client, SiteName site, Duration limit)
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
