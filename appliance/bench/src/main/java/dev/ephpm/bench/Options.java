package dev.ephpm.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the command line asked for.
 *
 * @param seconds length of one run
 * @param rounds runs of each stack per workload, alternating
 * @param settleSeconds wait before memory is read as idle or settled
 * @param keep leave configurations, logs and data on disk and print where
 */
record Options(
        int seconds,
        int rounds,
        int settleSeconds,
        List<Workload> workloads,
        List<DatabaseWorkload> databaseWorkloads,
        boolean keep) {
    static final String USAGE = """
            usage: appliance/bench/run [options]

              --quick          one-second runs, three rounds: a look, not a result
              --seconds N      length of one run (default 4)
              --rounds N       runs of each stack per workload, alternating (default 5)
              --only NAME      only this workload; may be repeated: %s;
                               of the databases alone: sysbench, php-database, or one of %s
                               (sysbench's also with -1, -4, -16 threads)
              --keep           leave configurations, logs and data on disk
              --jmh [...]      run the JMH benchmarks instead, with JMH's own options

            A full run rewrites docs/benchmarks.md; --quick and --only just print.
            """;

    Options {
        workloads = List.copyOf(workloads);
        databaseWorkloads = List.copyOf(databaseWorkloads);
        requireAtLeastOne("--seconds", seconds);
        requireAtLeastOne("--rounds", rounds);
    }

    static Options parse(String... arguments) {
        int seconds = 4;
        int rounds = 5;
        int settleSeconds = 15;
        boolean keep = false;
        List<String> only = new ArrayList<>();
        Iterator<String> words = Arrays.asList(arguments).iterator();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--quick" -> {
                    seconds = 1;
                    rounds = 3;
                    settleSeconds = 3;
                }
                case "--seconds" -> seconds = number(word, words);
                case "--rounds" -> rounds = number(word, words);
                case "--only" -> only.add(known(value(word, words)));
                case "--keep" -> keep = true;
                default -> throw new BenchException("unknown option " + word + "\n\n" + usage());
            }
        }
        return new Options(seconds, rounds, settleSeconds, workloads(only), databaseWorkloads(only), keep);
    }

    /** Whether the result is worth publishing: everything measured, with runs long enough. */
    boolean isComplete() {
        return workloads.size() == Workload.values().length
                && databaseWorkloads.size() == DatabaseWorkload.values().length
                && seconds > 1
                && rounds >= 3;
    }

    /** Whether WordPress must be installed at all. */
    boolean needsWordPress() {
        return workloads.stream().anyMatch(Workload::isWordPress)
                || databaseWorkloads.stream().anyMatch(DatabaseWorkload::isWordPress);
    }

    /** Whether anything is measured that depends on how commits are made durable. */
    boolean writes() {
        return workloads.contains(Workload.COMMENT)
                || databaseWorkloads.stream().anyMatch(DatabaseWorkload::writes);
    }

    /** The JIT compilers of both sides and every cache get this long before a workload is measured. */
    int warmUpSeconds() {
        return seconds == 1 ? 2 : 2 * seconds;
    }

    static String usage() {
        return USAGE.formatted(
                Arrays.stream(Workload.values()).map(Workload::label).collect(Collectors.joining(", ")),
                Arrays.stream(DatabaseWorkload.values())
                        .map(DatabaseWorkload::script)
                        .distinct()
                        .collect(Collectors.joining(", ")));
    }

    private static List<Workload> workloads(List<String> only) {
        return Arrays.stream(Workload.values())
                .filter(workload -> only.isEmpty() || only.contains(workload.label()))
                .toList();
    }

    private static List<DatabaseWorkload> databaseWorkloads(List<String> only) {
        return Arrays.stream(DatabaseWorkload.values())
                .filter(workload -> only.isEmpty() || only.stream().anyMatch(workload::isCalled))
                .toList();
    }

    private static String known(String name) {
        List<String> names = List.of(name);
        if (workloads(names).isEmpty() && databaseWorkloads(names).isEmpty()) {
            throw new BenchException("unknown workload " + name + "\n\n" + usage());
        }
        return name;
    }

    private static int number(String option, Iterator<String> words) {
        String value = value(option, words);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            throw new BenchException(option + " needs a whole number, not " + value, notANumber);
        }
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new BenchException(option + " needs a value\n\n" + usage());
        }
        return words.next();
    }

    private static void requireAtLeastOne(String option, int value) {
        if (value < 1) {
            throw new BenchException(option + " must be at least 1, not " + value);
        }
    }
}
