package dev.ephpm.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
    @Test
    void ratioIsTheMedianOfTheRoundsAndNotOfTheMedians() {
        Series series = new Series("x", rates(100, 10, 50), rates(50, 10, 100));

        assertThat(series.ours(Measurement::requestsPerSecond)).isEqualTo(50);
        assertThat(series.peer(Measurement::requestsPerSecond)).isEqualTo(50);
        assertThat(series.ratio(Measurement::requestsPerSecond)).isEqualTo(1);
        assertThat(series.lowestRatio(Measurement::requestsPerSecond)).isEqualTo(0.5);
        assertThat(series.highestRatio(Measurement::requestsPerSecond)).isEqualTo(2);
    }

    @Test
    void medianOfAnEvenNumberIsBetweenTheMiddleTwo() {
        assertThat(Series.median(4, 1, 3, 2)).isEqualTo(2.5);
    }

    @Test
    void refusesRoundsWithoutAPartner() {
        assertThatThrownBy(() -> new Series("x", rates(1), rates(1, 2))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Series("x", rates(), rates())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void processorTimeIsSharedAmongTheAnswers() {
        WrkOutput output = new WrkOutput(2000, 500, java.time.Duration.ofMillis(7), 0);

        Measurement measurement = Measurement.of(output, 3.0);

        assertThat(measurement.cpuMicroseconds()).isEqualTo(1500);
        assertThat(measurement.p99Milliseconds()).isEqualTo(7);
    }

    private static List<Measurement> rates(double... rates) {
        return java.util.Arrays.stream(rates)
                .mapToObj(rate -> new Measurement(1, rate, 1, 1))
                .toList();
    }
}
