package dev.ephpm.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client of a database printed.
 *
 * @param operations transactions of sysbench, or operations of PHP's workload
 */
record ClientOutput(long operations, double seconds, double p99Milliseconds) {
    private static final Pattern TRANSACTIONS = Pattern.compile("transactions:\\s+(\\d+)");
    private static final Pattern TIME = Pattern.compile("total time:\\s+([0-9.]+)s");
    private static final Pattern P99 = Pattern.compile("99th percentile:\\s+([0-9.]+)");
    private static final Pattern PHP = Pattern.compile("(\\d+) ([0-9.]+) ([0-9.]+)\\s*");

    static ClientOutput ofSysbench(String output) {
        return new ClientOutput(
                Long.parseLong(find(TRANSACTIONS, output)),
                Double.parseDouble(find(TIME, output)),
                Double.parseDouble(find(P99, output)));
    }

    static ClientOutput ofPhp(String output) {
        Matcher line = PHP.matcher(output);
        if (!line.matches()) {
            throw new BenchException("the PHP client did not say what was expected:\n" + output);
        }
        return new ClientOutput(
                Long.parseLong(line.group(1)), Double.parseDouble(line.group(2)), Double.parseDouble(line.group(3)));
    }

    private static String find(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new BenchException("sysbench did not say what was expected (" + pattern + "):\n" + output);
        }
        return matcher.group(1);
    }

    Measurement measurement(double cpuSeconds) {
        return new Measurement(
                operations, operations / seconds, p99Milliseconds, cpuSeconds * 1e6 / Math.max(1, operations));
    }
}
