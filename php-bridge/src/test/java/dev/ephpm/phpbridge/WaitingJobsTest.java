package dev.ephpm.phpbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WaitingJobsTest {
    private record Named(String site, int number) implements Job {
        @Override
        public void begin(Worker worker) {}

        @Override
        public void received(WorkerFrame frame) {}

        @Override
        public void lost(PhpException cause) {}

        @Override
        public void refused(PhpException reason) {}
    }

    private final WaitingJobs waiting = new WaitingJobs(10, 6);

    @Test
    void givesEachSiteItsTurn() {
        for (int i = 0; i < 6; i++) {
            assertThat(waiting.add(new Named("busy", i), 0)).isTrue();
        }
        waiting.add(new Named("calm", 0), 0);
        waiting.add(new Named("calm", 1), 0);
        List<Job> order = new ArrayList<>();
        for (Job job = waiting.poll(); job != null; job = waiting.poll()) {
            order.add(job);
        }
        assertThat(order.subList(0, 4))
                .containsExactly(
                        new Named("busy", 0), new Named("calm", 0), new Named("busy", 1), new Named("calm", 1));
        assertThat(order).hasSize(8);
        assertThat(waiting.count()).isZero();
    }

    @Test
    void refusesBeyondItsLimits() {
        for (int i = 0; i < 6; i++) {
            assertThat(waiting.add(new Named("busy", i), 0)).isTrue();
        }
        assertThat(waiting.add(new Named("busy", 6), 0)).isFalse();
        for (int i = 0; i < 4; i++) {
            assertThat(waiting.add(new Named("site" + i, 0), 0)).isTrue();
        }
        assertThat(waiting.add(new Named("late", 0), 0)).isFalse();
        waiting.poll();
        assertThat(waiting.add(new Named("late", 0), 0)).isTrue();
    }

    @Test
    void givesUpThoseThatCameFirst() {
        Job early = new Named("a", 1);
        Job alsoEarly = new Named("b", 1);
        Job late = new Named("a", 2);
        waiting.add(alsoEarly, Long.MAX_VALUE);
        waiting.add(early, Long.MAX_VALUE - 1);
        waiting.add(late, Long.MIN_VALUE + 5);
        assertThat(waiting.oldest()).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(waiting.removeUntil(Long.MAX_VALUE)).containsExactlyInAnyOrder(early, alsoEarly);
        assertThat(waiting.removeUntil(Long.MAX_VALUE)).isEmpty();
        assertThat(waiting.count()).isEqualTo(1);
        assertThat(waiting.oldest()).isEqualTo(Long.MIN_VALUE + 5);
        assertThat(waiting.poll()).isEqualTo(late);
    }

    @Test
    void forgetsEverythingAtOnce() {
        waiting.add(new Named("a", 1), 0);
        waiting.add(new Named("b", 1), 0);
        assertThat(waiting.removeAll()).hasSize(2);
        assertThat(waiting.count()).isZero();
        assertThat(waiting.poll()).isNull();
    }
}
