package dev.ephpm.bench;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What wrk printed after a run with {@code --latency}.
 *
 * @param requests completed answers
 * @param failures socket errors, timeouts and answers with a status of 400 or more
 */
record WrkOutput(long requests, double requestsPerSecond, Duration p99, long failures) {
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s|m|h)");
    private static final Pattern SOCKET_ERRORS =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    private static final Pattern STATUS_ERRORS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

    static WrkOutput parse(String output) {
        Matcher requests = find(REQUESTS, output);
        Matcher rate = find(RATE, output);
        Matcher p99 = find(P99, output);
        return new WrkOutput(
                Long.parseLong(requests.group(1)),
                Double.parseDouble(rate.group(1)),
                duration(Double.parseDouble(p99.group(1)), p99.group(2)),
                sumOfGroups(SOCKET_ERRORS, output) + sumOfGroups(STATUS_ERRORS, output));
    }

    private static Matcher find(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new BenchException("wrk did not say what was expected (" + pattern + "):\n" + output);
        }
        return matcher;
    }

    /** wrk leaves out a line when there is nothing to report. */
    private static long sumOfGroups(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        long sum = 0;
        if (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                sum += Long.parseLong(matcher.group(group));
            }
        }
        return sum;
    }

    private static Duration duration(double value, String unit) {
        double nanoseconds = switch (unit) {
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            case "h" -> 3600e9;
            default -> throw new BenchException("unknown unit of time: " + unit);
        };
        return Duration.ofNanos(Math.round(value * nanoseconds));
    }
}
