package dev.ephpm.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WrkOutputTest {
    private static final String CLEAN = """
            Running 4s test @ http://127.0.0.1:41000/bench/hello.php
              1 threads and 8 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency   612.31us  421.90us  12.40ms   91.03%
                Req/Sec    13.21k     1.09k   15.02k    72.50%
              Latency Distribution
                 50%  533.00us
                 75%  702.00us
                 90%    0.98ms
                 99%    2.31ms
              52573 requests in 4.00s, 9.17MB read
            Requests/sec:  13140.21
            Transfer/sec:      2.29MB
            """;

    @Test
    void readsRequestsRateAndTail() {
        WrkOutput output = WrkOutput.parse(CLEAN);

        assertThat(output.requests()).isEqualTo(52573);
        assertThat(output.requestsPerSecond()).isEqualTo(13140.21);
        assertThat(output.p99()).isEqualTo(Duration.ofNanos(2_310_000));
        assertThat(output.failures()).isZero();
    }

    @Test
    void readsEveryUnitOfTime() {
        assertThat(p99("850.00us")).isEqualTo(Duration.ofNanos(850_000));
        assertThat(p99("1.50s")).isEqualTo(Duration.ofMillis(1500));
        assertThat(p99("1.00m")).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void countsSocketErrorsAndBadStatusesTogether() {
        String output = CLEAN.replace(
                "Requests/sec:",
                "  Socket errors: connect 1, read 2, write 3, timeout 4\n  Non-2xx or 3xx responses: 90\nRequests/sec:");

        assertThat(WrkOutput.parse(output).failures()).isEqualTo(100);
    }

    @Test
    void saysWhatWrkPrintedInsteadOfAResult() {
        assertThatThrownBy(() -> WrkOutput.parse("unable to connect to 127.0.0.1:1"))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("unable to connect");
    }

    private static Duration p99(String text) {
        return WrkOutput.parse(CLEAN.replace("2.31ms", text)).p99();
    }
}
