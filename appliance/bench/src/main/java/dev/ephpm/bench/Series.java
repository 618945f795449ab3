package dev.ephpm.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Alternating rounds of one workload: round n of the peer ran right after round n of ours, under the same neighbours. */
record Series(String title, List<Measurement> ours, List<Measurement> peer) {
    Series {
        ours = List.copyOf(ours);
        peer = List.copyOf(peer);
        if (ours.isEmpty() || ours.size() != peer.size()) {
            throw new IllegalArgumentException("as many rounds of ours as of the peer, at least one");
        }
    }

    double ours(ToDoubleFunction<Measurement> figure) {
        return median(ours.stream().mapToDouble(figure).toArray());
    }

    double peer(ToDoubleFunction<Measurement> figure) {
        return median(peer.stream().mapToDouble(figure).toArray());
    }

    /** Median of the rounds' own ratios, ours through the peer's: steadier than the ratio of the medians. */
    double ratio(ToDoubleFunction<Measurement> figure) {
        return median(ratios(figure));
    }

    double lowestRatio(ToDoubleFunction<Measurement> figure) {
        return Arrays.stream(ratios(figure)).min().orElseThrow();
    }

    double highestRatio(ToDoubleFunction<Measurement> figure) {
        return Arrays.stream(ratios(figure)).max().orElseThrow();
    }

    private double[] ratios(ToDoubleFunction<Measurement> figure) {
        return IntStream.range(0, ours.size())
                .mapToDouble(round -> figure.applyAsDouble(ours.get(round)) / figure.applyAsDouble(peer.get(round)))
                .toArray();
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
