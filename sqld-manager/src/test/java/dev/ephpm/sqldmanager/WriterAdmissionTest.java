package dev.ephpm.sqldmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.config.SiteName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WriterAdmissionTest {
    private static final SiteName SITE = new SiteName("a.example");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void oneWriterPerSite() {
        WriterAdmission admission = new WriterAdmission(5);
        try (WriterAdmission.Turn _ = admission.admit(SITE, PATIENCE);
                WriterAdmission.Turn _ = admission.admit(new SiteName("b.example"), PATIENCE)) {
            assertThatThrownBy(() -> admission.admit(SITE, Duration.ofMillis(20)))
                    .isInstanceOfSatisfying(
                            SqldException.class, e -> assertThat(e.reason()).isEqualTo(SqldException.Reason.OVERLOADED))
                    .hasMessageContaining("within 20 ms");
        }
        assertThat(admission.sites()).as("nothing is left of them").isZero();
    }

    @Test
    void turnsComeInTheOrderOfArrival() throws InterruptedException {
        WriterAdmission admission = new WriterAdmission(20);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Thread> writers = new ArrayList<>();
        try (WriterAdmission.Turn _ = admission.admit(SITE, PATIENCE)) {
            for (int index = 0; index < 10; index++) {
                int number = index;
                Thread writer = Thread.ofPlatform().start(() -> {
                    try (WriterAdmission.Turn _ = admission.admit(SITE, PATIENCE)) {
                        order.add(number);
                    }
                });
                writers.add(writer);
                Fleets.await("writer " + index + " to queue", () -> writer.getState() == Thread.State.TIMED_WAITING);
            }
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void theQueueIsBounded() throws InterruptedException {
        WriterAdmission admission = new WriterAdmission(2);
        AtomicInteger refused = new AtomicInteger();
        List<Thread> writers = new ArrayList<>();
        try (WriterAdmission.Turn _ = admission.admit(SITE, PATIENCE)) {
            for (int index = 0; index < 5; index++) {
                writers.add(Thread.ofPlatform().start(() -> {
                    try (WriterAdmission.Turn _ = admission.admit(SITE, PATIENCE)) {
                        Thread.onSpinWait();
                    } catch (SqldException e) {
                        refused.incrementAndGet();
                    }
                }));
            }
            Fleets.await("the refusals", () -> refused.get() == 3);
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(refused).hasValue(3);
        assertThat(admission.sites()).isZero();
    }

    @Test
    void aTurnEndsOnce() {
        WriterAdmission admission = new WriterAdmission(1);
        WriterAdmission.Turn turn = admission.admit(SITE, PATIENCE);
        turn.close();
        turn.close();
        try (WriterAdmission.Turn _ = admission.admit(SITE, PATIENCE)) {
            assertThatThrownBy(() -> admission.admit(SITE, Duration.ofMillis(10)))
                    .isInstanceOf(SqldException.class);
        }
    }
}
