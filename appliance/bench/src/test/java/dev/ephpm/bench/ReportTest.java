package dev.ephpm.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Results RESULTS = new Results(
            LocalDate.of(2026, 11, 20),
            "appliance/bench/run",
            Map.of("kernel", "6.1"),
            "0.42",
            List.of(new Series(
                    "hello.php",
                    List.of(new Measurement(1, 12000, 2.345, 85.4)),
                    List.of(new Measurement(1, 10000, 1, 100)))),
            List.of(new Series(
                    "PHP select-1",
                    List.of(new Measurement(1, 60000, 0.02, 8)),
                    List.of(new Measurement(1, 50000, 0.02, 10)))),
            List.of(new MemoryPair(
                    "idle", new Memory(Map.of("php", 40.0, "java", 60.4)), new Memory(Map.of("nginx", 50.0)))),
            List.of(new StartTime("ephpm, until ready", 700)),
            List.of("A note."));

    @Test
    void showsFiguresAndRatios() {
        assertThat(new Report(RESULTS).markdown())
                .contains("2026-11-20, `appliance/bench/run`, load average of the machine before: 0.42")
                .contains("| hello.php | 12,000 | 10,000 | **1.20** (1.20 to 1.20) | 2.35 | 1.00 | 85.4 | 100 | 0.85 |")
                .contains(
                        "| PHP select-1 | 60,000 | 50,000 | **1.20** (1.20 to 1.20) | 0.02 | 0.02 | 8.00 | 10.0 | 0.80 |")
                .contains("| idle | **100** (java 60, php 40) | **50** (nginx 50) | 2.01 |")
                .contains("| ephpm, until ready | 700 |")
                .contains("A note.");
    }

    @Test
    void replacesOnlyWhatIsBetweenTheMarkers() {
        String page = "# Title\n" + Report.BEGIN + "\nold\n" + Report.END + "\ntail\n";

        String written = new Report(RESULTS).insertInto(page);

        assertThat(written)
                .startsWith("# Title\n" + Report.BEGIN)
                .endsWith(Report.END + "\ntail\n")
                .doesNotContain("old");
        assertThat(new Report(RESULTS).insertInto(written)).isEqualTo(written);
    }

    @Test
    void refusesAPageWithoutMarkers() {
        assertThatThrownBy(() -> new Report(RESULTS).insertInto("# Title")).hasMessageContaining(Report.BEGIN);
    }
}
