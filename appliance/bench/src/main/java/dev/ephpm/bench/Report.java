package dev.ephpm.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Writes results as Markdown, which is readable on a terminal too. */
final class Report {
    static final String BEGIN = "<!-- results: written by appliance/bench/run -->";
    static final String END = "<!-- end of results -->";

    private final Results results;

    Report(Results results) {
        this.results = results;
    }

    /** Puts the results between the markers of a page and leaves the rest as it is. */
    String insertInto(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new BenchException("the page has no place for results: it needs the lines " + BEGIN + " and " + END);
        }
        return page.substring(0, begin + BEGIN.length()) + "\n\n" + markdown() + "\n" + page.substring(end);
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("%s, `%s`, load average of the machine before: %s%n%n"
                .formatted(results.date(), results.command(), results.loadAverage()));
        text.append(results.machine().entrySet().stream()
                .map(fact -> fact.getKey() + " " + fact.getValue())
                .collect(Collectors.joining(" · ")));
        text.append("\n");
        appendThroughput(text, "workload", "requests/s", "CPU µs/request", results.series());
        appendThroughput(text, "database alone", "operations/s", "CPU µs/operation", results.databaseSeries());
        appendMemory(text);
        appendStarts(text);
        results.notes().forEach(note -> text.append("\n").append(note).append("\n"));
        return text.toString();
    }

    private static void appendThroughput(
            StringBuilder text, String what, String unit, String cpuUnit, List<Series> rows) {
        if (rows.isEmpty()) {
            return;
        }
        text.append("\n| %s | %s | peer | **ratio** (lowest to highest round) | p99 ms | peer | %s | peer | ratio |\n"
                .formatted(what, unit, cpuUnit));
        text.append("|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        for (Series series : rows) {
            ToDoubleFunction<Measurement> rate = Measurement::requestsPerSecond;
            ToDoubleFunction<Measurement> p99 = Measurement::p99Milliseconds;
            ToDoubleFunction<Measurement> cpu = Measurement::cpuMicroseconds;
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | **%.2f** (%.2f to %.2f) | %s | %s | %s | %s | %.2f |\n",
                    series.title(),
                    figure(series.ours(rate)),
                    figure(series.peer(rate)),
                    series.ratio(rate),
                    series.lowestRatio(rate),
                    series.highestRatio(rate),
                    figure(series.ours(p99)),
                    figure(series.peer(p99)),
                    figure(series.ours(cpu)),
                    figure(series.peer(cpu)),
                    series.ratio(cpu)));
        }
    }

    private void appendMemory(StringBuilder text) {
        text.append("\n| summed PSS, MB | ephpm | peer | ratio |\n|---|---|---|--:|\n");
        for (MemoryPair pair : results.memory()) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | **%.0f** (%s) | **%.0f** (%s) | %.2f |\n",
                    pair.moment(),
                    pair.ours().megabytes(),
                    pair.ours().parts(),
                    pair.peer().megabytes(),
                    pair.peer().parts(),
                    pair.ours().megabytes() / pair.peer().megabytes()));
        }
    }

    private void appendStarts(StringBuilder text) {
        text.append("\n| start | ms |\n|---|--:|\n");
        for (StartTime start : results.starts()) {
            text.append("| ")
                    .append(start.what())
                    .append(" | ")
                    .append(start.milliseconds())
                    .append(" |\n");
        }
    }

    /** Three digits that count, and no more. */
    static String figure(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return value >= 10 ? String.format(Locale.ROOT, "%.1f", value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
