package dev.ephpm.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void measuresEverythingByDefault() {
        Options options = Options.parse();

        assertThat(options.workloads()).containsExactly(Workload.values());
        assertThat(options.isComplete()).isTrue();
        assertThat(options.keep()).isFalse();
    }

    @Test
    void picksWorkloadsAndLengths() {
        Options options = Options.parse("--only", "hello", "--only", "static-1k", "--seconds", "9", "--rounds", "2");

        assertThat(options.workloads()).containsExactly(Workload.HELLO, Workload.STATIC_1K);
        assertThat(options.seconds()).isEqualTo(9);
        assertThat(options.rounds()).isEqualTo(2);
        assertThat(options.isComplete()).isFalse();
    }

    @Test
    void quickIsNotPublished() {
        assertThat(Options.parse("--quick").isComplete()).isFalse();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> Options.parse("--fast")).hasMessageContaining("unknown option --fast");
        assertThatThrownBy(() -> Options.parse("--only", "goodbye")).hasMessageContaining("unknown workload goodbye");
        assertThatThrownBy(() -> Options.parse("--seconds")).hasMessageContaining("--seconds needs a value");
        assertThatThrownBy(() -> Options.parse("--seconds", "many")).hasMessageContaining("not many");
        assertThatThrownBy(() -> Options.parse("--seconds", "0")).hasMessageContaining("at least 1");
    }
}
