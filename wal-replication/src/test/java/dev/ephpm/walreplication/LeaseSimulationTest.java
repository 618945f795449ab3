package dev.ephpm.walreplication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.config.SiteName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Three nodes and a store, with clocks that step, messages that are late or lost, nodes that freeze, and a store that forgets
 * everything. At no true time may two nodes acknowledge writes. Each run is given by its seed.
 */
class LeaseSimulationTest {
    private static final LeaseTiming TIMING = new LeaseTiming(
            Duration.ofMillis(1_000), Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(100));
    private static final long MILLI = 1_000_000;
    private static final long END = 40_000;
    private static final int SEEDS = 300;

    @Test
    void neverTwoWritersWhileClocksKeepWithinTheirBound() {
        int changes = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(seed, TIMING.clockError().toMillis());
            run.play();
            assertThat(run.violation).as("seed %d", seed).isNull();
            changes += run.epochs.size();
        }
        assertThat(changes).as("the leases changed hands").isGreaterThan(SEEDS * 4);
    }

    /** The bound is needed, and this test would notice a mistake. */
    @Test
    void clocksBeyondTheirBoundMakeTwoWritersSooner() {
        int violations = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(seed, 6 * TIMING.clockError().toMillis());
            run.play();
            violations += run.violation == null ? 0 : 1;
        }
        assertThat(violations).isPositive();
    }

    private record Event(long at, long order, Runnable action) {}

    private static final class Node {
        private final LeaseRules rules;
        private LeaseState state = new LeaseState.Unknown();
        private long clockStep;
        private long stepWindowEnd;
        private long frozenUntil;
        private boolean willing = true;

        Node(String name) {
            rules = new LeaseRules(new SiteName("site.test"), name, TIMING);
        }
    }

    private static final class Run {
        private final Random random;
        private final long largestStep;
        private final PriorityQueue<Event> events =
                new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
        private final List<Node> nodes = new ArrayList<>();
        private final List<Long> epochs = new ArrayList<>();
        private @Nullable LeaseRecord stored;
        private @Nullable String violation;
        private long now;
        private long order;

        Run(int seed, long largestStep) {
            random = new Random(seed);
            this.largestStep = largestStep;
            for (int index = 0; index < 3; index++) {
                nodes.add(new Node("node-" + index));
            }
        }

        void play() {
            for (Node node : nodes) {
                after(random.nextInt(50), () -> tick(node));
                after(random.nextInt(1_000), () -> disturb(node));
            }
            while (now < END && violation == null) {
                Event event = events.remove();
                now = event.at;
                event.action.run();
                check();
            }
        }

        private void after(long millis, Runnable action) {
            events.add(new Event(now + millis, order++, action));
        }

        /** A node's own clock: true time and what it is off. */
        private long clock(Node node) {
            return (now + node.clockStep) * MILLI;
        }

        private void tick(Node node) {
            after(20 + random.nextInt(60), () -> tick(node));
            if (now < node.frozenUntil) {
                return;
            }
            if (node.state instanceof LeaseState.Held) {
                propose(node);
            } else {
                send(() -> {
                    LeaseRecord read = stored;
                    send(() -> whenAwake(node, () -> {
                        node.state = node.rules.observe(node.state, read, clock(node));
                        propose(node);
                    }));
                });
            }
        }

        private void propose(Node node) {
            long sent = clock(node);
            LeaseRecord expected = node.state.stored();
            Optional<LeaseRecord> proposal = node.rules.proposal(node.state, sent, node.willing);
            proposal.ifPresent(record -> send(() -> {
                boolean taken = Objects.equals(stored, expected);
                if (taken) {
                    noteEpoch(record);
                    stored = record;
                }
                LeaseRecord read = stored;
                send(() -> whenAwake(node, () -> answer(node, record, sent, taken, read)));
            }));
        }

        private void answer(Node node, LeaseRecord proposal, long sent, boolean taken, @Nullable LeaseRecord read) {
            node.state = taken
                    ? node.rules.granted(node.state, proposal, sent)
                    : node.rules.refused(node.state, read, clock(node));
        }

        private void noteEpoch(LeaseRecord record) {
            if (stored == null || stored.epoch() != record.epoch()) {
                epochs.add(record.epoch());
            }
        }

        /** Mostly quick, sometimes very late, sometimes never. */
        private void send(Runnable action) {
            int chance = random.nextInt(100);
            if (chance < 85) {
                after(1 + random.nextInt(10), action);
            } else if (chance < 95) {
                after(1 + random.nextInt(3_000), action);
            }
        }

        private void whenAwake(Node node, Runnable action) {
            after(Math.max(0, node.frozenUntil - now), action);
        }

        private void disturb(Node node) {
            after(200 + random.nextInt(2_000), () -> disturb(node));
            switch (random.nextInt(4)) {
                case 0 -> node.frozenUntil = now + random.nextInt(3_000);
                case 1 -> stepClock(node);
                case 2 -> node.willing = random.nextInt(4) > 0;
                default -> {
                    if (random.nextInt(20) == 0) {
                        stored = null;
                    }
                }
            }
        }

        /** At most one step in each length of a lease, so that the sum within one keeps its bound. */
        private void stepClock(Node node) {
            if (now >= node.stepWindowEnd) {
                node.clockStep += random.nextLong(-largestStep, largestStep + 1);
                node.stepWindowEnd = now + 2 * TIMING.duration().toMillis();
            }
        }

        private void check() {
            List<String> writers = new ArrayList<>();
            for (Node node : nodes) {
                if (node.rules.acknowledges(node.state, clock(node))) {
                    writers.add(node.state.toString());
                }
            }
            if (writers.size() > 1) {
                violation = "at " + now + " ms: " + writers;
            }
        }
    }
}
