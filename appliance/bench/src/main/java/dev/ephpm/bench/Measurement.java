package dev.ephpm.bench;

/**
 * One run of one workload against one stack.
 *
 * @param p99Milliseconds as wrk sees it: closed loop, waiting in the server's queues included
 * @param cpuMicroseconds processor time of all processes of the stack per answer
 */
record Measurement(long requests, double requestsPerSecond, double p99Milliseconds, double cpuMicroseconds) {
    static Measurement of(WrkOutput output, double cpuSeconds) {
        return new Measurement(
                output.requests(),
                output.requestsPerSecond(),
                output.p99().toNanos() / 1e6,
                cpuSeconds * 1e6 / Math.max(1, output.requests()));
    }
}
