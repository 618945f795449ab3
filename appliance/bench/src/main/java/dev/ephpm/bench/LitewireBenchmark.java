package dev.ephpm.bench;

import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.catalogue.CatalogueInformationSchema;
import dev.ephpm.litewire.catalogue.MySqlType;
import dev.ephpm.litewire.catalogue.Schema;
import dev.ephpm.litewire.catalogue.Table;
import dev.ephpm.litewire.catalogue.TableColumn;
import dev.ephpm.litewire.dialect.Dialect;
import dev.ephpm.litewire.dialect.MySqlDialect;
import dev.ephpm.litewire.statistics.EndedStatement;
import dev.ephpm.litewire.statistics.SiteStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What every statement costs before SQLite sees it: cutting the literals out and finding the plan, or making it the first time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LitewireBenchmark {
    private static final SqlMode MODE = new SqlMode(false, false, false, false, false, false, false, false, true);
    private static final String OPTION = "SELECT option_value FROM wp_options WHERE option_name = 'siteurl' LIMIT 1";
    private static final String LIST = "SELECT option_name, option_value FROM wp_options WHERE option_name IN ("
            + IntStream.range(0, 50)
                    .mapToObj(number -> "'option_" + number + "'")
                    .collect(Collectors.joining(", "))
            + ")";

    private static final EndedStatement ENDED = new EndedStatement(
            "SELECT option_value FROM wp_options WHERE option_name = ?t LIMIT ?i", OPTION, 12_345, 0, 1, 0, 0, 1, "");

    private final SiteStatistics statistics = new SiteStatistics("a.test", true);
    private final Dialect dialect =
            new MySqlDialect((statement, context) -> Optional.empty(), new CatalogueInformationSchema());
    private final Dialect.Context context = new Dialect.Context(
            new Schema(1, Map.of("wp_options", options())),
            MODE,
            "wordpress",
            false,
            "utf8mb4_unicode_520_ci",
            false,
            "a.test@localhost",
            _ -> null);

    /** The commonest statement of WordPress, its plan in the cache. */
    @Benchmark
    public Plan knownStatement() {
        return dialect.plan(dialect.normalise(OPTION, MODE), context);
    }

    /** What counting a statement costs on top. */
    @Benchmark
    public SiteStatistics countedStatement() {
        statistics.add(ENDED, false);
        return statistics;
    }

    /** A list of fifty literals, which all have to be cut out. */
    @Benchmark
    public Plan knownList() {
        return dialect.plan(dialect.normalise(LIST, MODE), context);
    }

    /** The first time a shape is seen by a site: parsed and translated. */
    @Benchmark
    public Plan newStatement() {
        Dialect fresh = new MySqlDialect((statement, schema) -> Optional.empty(), new CatalogueInformationSchema());
        return fresh.plan(fresh.normalise(OPTION, MODE), context);
    }

    private static Table options() {
        return new Table(
                "wp_options",
                List.of(
                        column("option_id", "bigint", 20),
                        column("option_name", "varchar", 191),
                        column("option_value", "longtext", -1)),
                List.of(new Table.Key(
                        "option_name",
                        Table.Key.Kind.UNIQUE,
                        List.of(new Table.Key.Part("option_name", 0, false)),
                        "",
                        "wp_options__option_name")),
                List.of(),
                List.of(),
                new Table.TableOptions("InnoDB", "utf8mb4", "utf8mb4_unicode_520_ci", "", 0, "", "2026-01-01 00:00:00"),
                false);
    }

    private static TableColumn column(String name, String base, int length) {
        boolean text = !base.equals("bigint");
        MySqlType type = new MySqlType(
                base, length, 0, !text, false, List.of(), text ? "utf8mb4" : "", text ? "utf8mb4_unicode_520_ci" : "");
        return new TableColumn(name, type, false, Optional.empty(), false, Optional.empty(), Optional.empty(), "");
    }
}
