package dev.ephpm.walreplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.config.SiteName;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How one node keeps, loses, takes and passes on a lease. */
class LeaseTest {
    private static final SiteName SITE = new SiteName("site.test");
    private static final LeaseTiming TIMING = LeaseTiming.DEFAULT;

    private final AtomicLong clock = new AtomicLong();
    private final Store store = new Store();
    private final Lease home = lease("home");
    private final Lease other = lease("other");

    private Lease lease(String node) {
        return new Lease(SITE, node, TIMING, store, clock::get);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    /** A store that can lose what it is told, or its answer. */
    static final class Store implements LeaseStore {
        @Nullable
        LeaseRecord record;

        boolean silent;
        boolean answersAreLost;

        @Override
        public synchronized Optional<LeaseRecord> read(SiteName site) {
            if (silent) {
                throw new ReplicationException(ReplicationException.Code.UNREACHABLE, "silent");
            }
            return Optional.ofNullable(record);
        }

        @Override
        public synchronized boolean replace(@Nullable LeaseRecord expected, LeaseRecord next) {
            if (silent) {
                throw new ReplicationException(ReplicationException.Code.UNREACHABLE, "silent");
            }
            boolean taken = Objects.equals(record, expected);
            if (taken) {
                record = next;
            }
            if (answersAreLost) {
                throw new ReplicationException(ReplicationException.Code.UNREACHABLE, "no answer");
            }
            return taken;
        }
    }

    @Test
    void aNodeThatTheSiteWasGivenToWritesAtOnce() {
        store.record = LeaseRecord.first(SITE, "home");

        assertThat(home.begin()).isEmpty();
        assertThat(home.step(false)).isTrue();
        assertThat(home.begin())
                .get()
                .satisfies(permit -> assertThat(permit.mayAcknowledge()).isTrue());
        assertThat(other.step(true)).isFalse();
        assertThat(other.begin()).isEmpty();
    }

    @Test
    void aHolderThatCannotRenewStopsBeforeAnyoneCanTakeOver() {
        store.record = LeaseRecord.first(SITE, "home");
        home.step(false);
        other.step(true);
        WritePermit running = home.begin().orElseThrow();
        store.silent = true;

        pass(Duration.ofMillis(6_999));
        assertThat(home.begin()).isPresent();
        pass(Duration.ofMillis(1));
        assertThat(home.begin()).as("7 s after the last renewal").isEmpty();
        assertThat(home.tenure()).isEqualTo(Tenure.LAPSED);
        assertThat(running.mayAcknowledge()).as("what runs may still end").isTrue();
        pass(Duration.ofSeconds(2));
        assertThat(running.mayAcknowledge()).as("9 s after it").isFalse();

        store.silent = false;
        pass(Duration.ofMillis(1_999));
        assertThat(other.step(true)).as("10.999 s after it").isFalse();
        pass(Duration.ofMillis(1));
        assertThat(other.step(true)).isTrue();
        assertThat(other.epoch()).hasValue(2);
        assertThat(home.step(true)).isFalse();
        assertThat(home.tenure()).isEqualTo(Tenure.NONE);
        assertThat(other.tenure()).isEqualTo(Tenure.HELD);
        assertThat(running.mayAcknowledge()).isFalse();
    }

    @Test
    void aHolderThatRenewsKeepsIt() {
        store.record = LeaseRecord.first(SITE, "home");
        for (int second = 0; second < 60; second++) {
            assertThat(home.step(false)).isTrue();
            assertThat(other.step(true)).isFalse();
            pass(Duration.ofSeconds(1));
        }
        assertThat(home.epoch()).hasValue(1);
        assertThat(Objects.requireNonNull(store.record).renewal()).isGreaterThan(20);
    }

    @Test
    void onlyAWillingNodeTakesOver() {
        store.record = LeaseRecord.first(SITE, "home");
        other.step(false);
        pass(Duration.ofMinutes(1));

        assertThat(other.step(false)).isFalse();
        assertThat(other.step(true)).isTrue();
    }

    @Test
    void aRestartedHolderGoesOnInItsEpoch() {
        store.record = LeaseRecord.first(SITE, "home");
        home.step(false);

        Lease restarted = lease("home");

        assertThat(restarted.step(false)).isTrue();
        assertThat(restarted.epoch()).hasValue(1);
    }

    @Test
    void aRenewalWhoseAnswerWasLostCountsFromTheOneBefore() {
        store.record = LeaseRecord.first(SITE, "home");
        home.step(false);
        pass(Duration.ofSeconds(2));
        store.answersAreLost = true;
        assertThatThrownBy(() -> home.step(false)).isInstanceOf(ReplicationException.class);
        store.answersAreLost = false;
        pass(Duration.ofMillis(4_999));

        assertThat(home.step(false)).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(home.begin()).as("7 s after the renewal that was answered").isEmpty();

        assertThat(home.step(false)).as("the next one").isTrue();
        assertThat(home.epoch()).hasValue(1);
    }

    @Test
    void aLeaseIsPassedOnWithoutWaiting() {
        store.record = LeaseRecord.first(SITE, "home");
        home.step(false);
        WritePermit running = home.begin().orElseThrow();

        LeaseRecord passed = home.handOver("other");

        assertThat(passed.epoch()).isEqualTo(2);
        assertThat(home.begin()).isEmpty();
        assertThat(running.mayAcknowledge()).isFalse();
        assertThat(home.step(true)).isFalse();
        assertThat(other.step(false)).isTrue();
        assertThat(other.epoch()).hasValue(2);
    }

    @Test
    void aHandOverWithoutAnswerStopsTheWritesUntilItIsKnown() {
        store.record = LeaseRecord.first(SITE, "home");
        home.step(false);
        store.silent = true;
        assertThatThrownBy(() -> home.handOver("other")).isInstanceOf(ReplicationException.class);
        assertThat(home.begin()).isEmpty();
        store.silent = false;
        assertThat(home.step(false)).as("it had not got there").isTrue();

        store.answersAreLost = true;
        assertThatThrownBy(() -> home.handOver("other")).isInstanceOf(ReplicationException.class);
        store.answersAreLost = false;
        assertThat(home.step(false)).as("it had got there").isFalse();
        assertThat(other.step(false)).isTrue();
    }

    @Test
    void onlyTheHolderPassesItOn() {
        store.record = LeaseRecord.first(SITE, "home");
        other.step(false);

        assertThatThrownBy(() -> other.handOver("other"))
                .isInstanceOfSatisfying(
                        ReplicationException.class,
                        e -> assertThat(e.code()).isEqualTo(ReplicationException.Code.NOT_THE_HOLDER));
    }

    @Test
    void aStoreThatForgotEverythingDoesNotMakeTwoWritersOrOldEpochs() {
        store.record = new LeaseRecord(SITE, "home", 7, 0);
        home.step(false);
        other.step(true);
        store.record = null;

        assertThat(other.step(true)).isFalse();
        pass(Duration.ofSeconds(10));
        assertThat(home.begin()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(other.step(true)).isTrue();
        assertThat(other.epoch()).hasValue(8);
    }

    @Test
    void timesThatLeaveNoRoomAreRefused() {
        Duration second = Duration.ofSeconds(1);
        Duration ten = Duration.ofSeconds(10);
        assertThatThrownBy(() -> new LeaseTiming(ten, Duration.ofSeconds(4), second, second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LeaseTiming(ten, Duration.ZERO, second, second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LeaseTiming(ten, second, second.negated(), second))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theClockGoesOn() {
        BootClock boot = new BootClock();
        long first = boot.getAsLong();

        assertThat(boot.getAsLong()).isGreaterThanOrEqualTo(first);
        assertThat(first)
                .isGreaterThanOrEqualTo(
                        System.nanoTime() - Duration.ofSeconds(5).toNanos());
    }
}
