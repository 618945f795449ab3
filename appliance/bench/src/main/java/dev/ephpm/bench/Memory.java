package dev.ephpm.bench;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Summed proportional set size of a stack in MB, by program. */
record Memory(Map<String, Double> byProgram) {
    private static final ProcFiles PROC = new ProcFiles(Path.of("/proc"));

    Memory {
        byProgram = Map.copyOf(byProgram);
    }

    static Memory of(Stack stack) {
        return new Memory(PROC.pssMegabytes(stack.processIds()));
    }

    double megabytes() {
        return byProgram.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Such as {@code java 80, php 45}. */
    String parts() {
        return byProgram.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(part -> String.format(Locale.ROOT, "%s %.0f", part.getKey(), part.getValue()))
                .collect(Collectors.joining(", "));
    }
}
