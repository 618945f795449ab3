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
    void picksDatabaseWorkloadsByGroupScriptAndThreads() {
        assertThat(Options.parse("--only", "php-database").databaseWorkloads())
                .contains(DatabaseWorkload.CONNECT, DatabaseWorkload.FRONT_PAGE_QUERIES)
                .doesNotContain(DatabaseWorkload.INSERT_1);
        assertThat(Options.parse("--only", "oltp_insert").databaseWorkloads())
                .containsExactly(DatabaseWorkload.INSERT_1, DatabaseWorkload.INSERT_4, DatabaseWorkload.INSERT_16);
        Options one = Options.parse("--only", "oltp_point_select-4");
        assertThat(one.databaseWorkloads()).containsExactly(DatabaseWorkload.POINT_SELECT_4);
        assertThat(one.workloads()).isEmpty();
        assertThat(one.writes()).isFalse();
        assertThat(one.needsWordPress()).isFalse();
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
