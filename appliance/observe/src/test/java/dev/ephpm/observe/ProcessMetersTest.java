package dev.ephpm.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProcessMetersTest {
    private static final Pattern LINE = Pattern.compile(
            "# (HELP|TYPE|UNIT) .+|[a-z_]+(\\{[a-z_]+=\"[^\"]*\"(,[a-z_]+=\"[^\"]*\")*\\})? -?[0-9.E+-]+");

    @Test
    void theScrapeIsOpenMetrics() {
        Metrics metrics = new Metrics();
        ProcessMeters.register(metrics, "1.2.3");

        List<String> lines = metrics.scrape().lines().toList();

        assertThat(lines).hasSizeGreaterThan(10).endsWith("# EOF");
        assertThat(lines.subList(0, lines.size() - 1))
                .allMatch(line -> LINE.matcher(line).matches());
        assertThat(lines).contains("ephpm_build{version=\"1.2.3\"} 1.0");
    }

    @Test
    void theProcessIsMeasured() {
        Metrics metrics = new Metrics();
        ProcessMeters.register(metrics, "test");

        assertThat(value(metrics, "process_resident_memory_bytes")).isGreaterThan(10_000_000);
        assertThat(value(metrics, "process_open_fds")).isGreaterThan(3);
        assertThat(value(metrics, "jvm_heap_used_bytes")).isPositive();
        assertThat(value(metrics, "process_cpu_seconds_total")).isPositive();
    }

    private static double value(Metrics metrics, String name) {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
