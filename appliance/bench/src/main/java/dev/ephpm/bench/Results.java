package dev.ephpm.bench;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Everything one run of the benchmark found out. */
record Results(
        LocalDate date,
        String command,
        Map<String, String> machine,
        String loadAverage,
        List<Series> series,
        List<Series> databaseSeries,
        List<MemoryPair> memory,
        List<StartTime> starts,
        List<String> notes) {
    Results {
        series = List.copyOf(series);
        databaseSeries = List.copyOf(databaseSeries);
        memory = List.copyOf(memory);
        starts = List.copyOf(starts);
        notes = List.copyOf(notes);
    }
}
