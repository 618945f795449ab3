package dev.ephpm.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.statistics.EndedStatement;
import dev.ephpm.litewire.statistics.SiteStatistics;
import dev.ephpm.observe.Metrics;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DatabaseMetersTest {
    private final Metrics metrics = new Metrics();
    private final DatabaseMeters meters = new DatabaseMeters(metrics);
    private final SiteStatistics site = new SiteStatistics("a.test", true);

    @Test
    void aSiteHasItsSeriesUntilItIsGone() {
        meters.siteOpened(site);
        for (int i = 0; i < 10_000; i++) {
            site.add(
                    new EndedStatement(
                            "SELECT c" + i,
                            "SELECT c" + i,
                            TimeUnit.MILLISECONDS.toNanos(2),
                            TimeUnit.MILLISECONDS.toNanos(1),
                            3,
                            0,
                            i == 0 ? 1064 : 0,
                            1,
                            ""),
                    i < 7);
        }

        assertThat(metrics.scrape().lines().filter(line -> line.contains("a.test")))
                .containsExactlyInAnyOrder(
                        "ephpm_mysql_site_statements_total{site=\"a.test\"} 10000.0",
                        "ephpm_mysql_site_errors_total{site=\"a.test\"} 1.0",
                        "ephpm_mysql_site_slow_total{site=\"a.test\"} 7.0",
                        "ephpm_mysql_site_rows_sent_total{site=\"a.test\"} 30000.0",
                        "ephpm_mysql_site_seconds_total{site=\"a.test\"} 20.0",
                        "ephpm_mysql_site_writer_wait_seconds_total{site=\"a.test\"} 10.0");

        meters.siteClosed(site);

        assertThat(metrics.scrape()).doesNotContain("a.test");
    }
}
