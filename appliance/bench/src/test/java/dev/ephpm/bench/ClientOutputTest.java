package dev.ephpm.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClientOutputTest {
    private static final String SYSBENCH = """
            SQL statistics:
                queries performed:
                    read:                            1400
                    total:                           2000
                transactions:                        100    (49.92 per sec.)
                queries:                             2000   (998.40 per sec.)

            General statistics:
                total time:                          2.0000s
                total number of events:              100

            Latency (ms):
                     avg:                                   20.02
                     99th percentile:                       33.72
            """;

    @Test
    void readsSysbench() {
        ClientOutput output = ClientOutput.ofSysbench(SYSBENCH);

        assertThat(output).isEqualTo(new ClientOutput(100, 2, 33.72));
        assertThat(output.measurement(0.5)).isEqualTo(new Measurement(100, 50, 33.72, 5000));
    }

    @Test
    void readsThePhpClient() {
        assertThat(ClientOutput.ofPhp("1234 2.000000 0.125000\n")).isEqualTo(new ClientOutput(1234, 2, 0.125));
    }

    @Test
    void saysWhatWasPrintedInsteadOfAResult() {
        assertThatThrownBy(() -> ClientOutput.ofSysbench("FATAL: unable to connect"))
                .hasMessageContaining("unable to connect");
        assertThatThrownBy(() -> ClientOutput.ofPhp("PHP Fatal error")).hasMessageContaining("PHP Fatal error");
    }
}
