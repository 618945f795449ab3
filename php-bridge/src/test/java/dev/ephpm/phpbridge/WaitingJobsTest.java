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
            assertThat(waiting.add(new Named("busy", i))).isTrue();
        }
        waiting.add(new Named("calm", 0));
        waiting.add(new Named("calm", 1));
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
            assertThat(waiting.add(new Named("busy", i))).isTrue();
        }
        assertThat(waiting.add(new Named("busy", 6))).isFalse();
        for (int i = 0; i < 4; i++) {
            assertThat(waiting.add(new Named("site" + i, 0))).isTrue();
        }
        assertThat(waiting.add(new Named("late", 0))).isFalse();
        waiting.poll();
        assertThat(waiting.add(new Named("late", 0))).isTrue();
    }

    @Test
    void forgetsAJobThatGivesUp() {
        Job job = new Named("a", 1);
        waiting.add(job);
        assertThat(waiting.remove(job)).isTrue();
        assertThat(waiting.remove(job)).isFalse();
        assertThat(waiting.poll()).isNull();
        waiting.add(job);
        waiting.add(new Named("b", 1));
        assertThat(waiting.removeAll()).hasSize(2);
        assertThat(waiting.count()).isZero();
    }
}
