package dev.ephpm.litewire.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SiteStatisticsTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final SiteStatistics statistics = new SiteStatistics("a.test", true);

    private static EndedStatement ended(String shape, long nanos) {
        return new EndedStatement(shape, shape, nanos, 0, 1, 0, 0, 1, "");
    }

    @Test
    void aDigestKnowsItsTimesRowsAndErrors() {
        for (int i = 1; i <= 100; i++) {
            statistics.add(new EndedStatement("SELECT ?i", "SELECT 1", i * MILLI, MILLI, 2, 3, 0, 1, ""), false);
        }
        statistics.add(new EndedStatement("SELECT ?t", "SELECT 'a'", MILLI, 0, 0, 0, 1064, 1, ""), true);

        Digest digest = statistics.top(10).getFirst();
        assertThat(statistics.top(10)).hasSize(1);
        assertThat(digest.text()).isEqualTo("SELECT ?");
        assertThat(digest.count()).isEqualTo(101);
        assertThat(digest.errors()).isEqualTo(1);
        assertThat(digest.total()).isEqualTo(Duration.ofMillis(5051));
        assertThat(digest.shortest()).isEqualTo(Duration.ofMillis(1));
        assertThat(digest.longest()).isEqualTo(Duration.ofMillis(100));
        assertThat(digest.median()).isBetween(Duration.ofMillis(50), Duration.ofMillis(75));
        assertThat(digest.p95()).isBetween(Duration.ofMillis(95), Duration.ofMillis(100));
        assertThat(digest.lockWait()).isEqualTo(Duration.ofMillis(100));
        assertThat(digest.rowsSent()).isEqualTo(200);
        assertThat(digest.rowsAffected()).isEqualTo(300);
        assertThat(digest.lastSeen()).isAfterOrEqualTo(digest.firstSeen());
        assertThat(statistics.statements()).isEqualTo(101);
        assertThat(statistics.errors()).isEqualTo(1);
        assertThat(statistics.slow()).isEqualTo(1);
    }

    @Test
    void theCostliestComeFirst() {
        statistics.add(ended("SELECT a", MILLI), false);
        statistics.add(ended("SELECT b", 3 * MILLI), false);
        statistics.add(ended("SELECT c", 2 * MILLI), false);

        assertThat(statistics.top(2)).extracting(Digest::text).containsExactly("SELECT b", "SELECT c");
    }

    @Test
    void digestsAreBoundedAndNothingIsLost() {
        for (int i = 0; i < 10_000; i++) {
            statistics.add(ended("SELECT column_" + i + " FROM t", MILLI), false);
            statistics.add(ended("SELECT often", MILLI), false);
        }

        List<Digest> all = statistics.top(Integer.MAX_VALUE);
        assertThat(all).hasSizeLessThanOrEqualTo(SiteStatistics.MOST_DIGESTS + 1);
        assertThat(all.stream().mapToLong(Digest::count).sum()).isEqualTo(20_000);
        assertThat(all).anySatisfy(digest -> {
            assertThat(digest.text()).isEqualTo("SELECT often");
            assertThat(digest.count()).isEqualTo(10_000);
        });
        assertThat(all).extracting(Digest::text).contains(DigestTable.OTHER);
        assertThat(statistics.kinds()).containsEntry(StatementKind.SELECT, 20_000L);
    }

    @Test
    void shapesOfOneDigestAreBounded() {
        DigestTable table = new DigestTable(10);
        for (int i = 0; i < 1000; i++) {
            var _ = table.of("SELECT a FROM t WHERE a IN (" + "?i,".repeat(i) + "?i)");
        }

        assertThat(table.size()).isEqualTo(1);
        assertThat(table.shapes()).isLessThanOrEqualTo(40);
    }

    @Test
    void memoryOfASiteIsBounded() {
        SiteStatistics other = new SiteStatistics("b.test", true);
        String long1 = "SELECT " + "a_long_name, ".repeat(20_000);
        long before = used();
        for (int i = 0; i < 2000; i++) {
            other.add(ended(long1 + i, MILLI), false);
            other.add(ended("SELECT " + i + " " + "b".repeat(1500), MILLI), false);
        }
        assertThat(used() - before).isLessThan(4L * 1024 * 1024);
        other.rest();
        assertThat(other.top(Integer.MAX_VALUE)).hasSizeLessThanOrEqualTo(21);
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    @Test
    void countingFromManyThreadsLosesNothing() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < 50_000; n++) {
                    statistics.add(ended("SELECT " + (char) ('a' + n % 20), MILLI), false);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(statistics.statements()).isEqualTo(400_000);
        assertThat(statistics.top(100).stream().mapToLong(Digest::count).sum()).isEqualTo(400_000);
    }

    @Test
    void kindsAreThoseOfShowStatus() {
        String[][] kinds = {
            {"SELECT ?", "Com_select"},
            {"(SELECT ?)", "Com_select"},
            {"WITH a AS (SELECT ?) SELECT ?", "Com_select"},
            {"insert into t values (?)", "Com_insert"},
            {"SET NAMES utf8", "Com_set_option"},
            {"START TRANSACTION", "Com_begin"},
            {"ROLLBACK TO a", "Com_rollback_to_savepoint"},
            {"CREATE OR REPLACE VIEW v AS SELECT ?", "Com_create_view"},
            {"CREATE UNIQUE INDEX i ON t (a)", "Com_create_index"},
            {"DROP TABLE t", "Com_drop_table"},
            {"ALTER TABLE t ADD a INT", "Com_alter_table"},
            {"LOCK TABLES t READ", "Com_lock_tables"},
            {"(others)", "Com_other"},
        };
        for (String[] kind : kinds) {
            assertThat(StatementKind.of(kind[0]).variable()).as(kind[0]).isEqualTo(kind[1]);
        }
    }

    @Test
    void aSiteMayLogSoManyLinesAtOnce() {
        int logged = 0;
        for (int i = 0; i < 100; i++) {
            logged += statistics.mayLog() ? 1 : 0;
        }

        assertThat(logged).isBetween(10, 12);
        assertThat(statistics.takeNotLogged()).isEqualTo(100 - logged);
    }

    @Test
    void anAllowanceFillsWithTime() {
        Allowance allowance = new Allowance(2, 3);
        long second = TimeUnit.SECONDS.toNanos(1);
        for (int i = 0; i < 3; i++) {
            assertThat(allowance.take(0)).isTrue();
        }
        assertThat(allowance.take(0)).isFalse();
        assertThat(allowance.take(second)).isTrue();
        assertThat(allowance.take(second)).isTrue();
        assertThat(allowance.take(second)).isFalse();
    }
}
