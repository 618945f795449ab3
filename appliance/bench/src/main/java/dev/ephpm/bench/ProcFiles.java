package dev.ephpm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** What the kernel says about processes in {@code /proc}. Processes that end while being read count as nothing. */
final class ProcFiles {
    /** Linux reports processor time in hundredths of a second on every architecture we run on. */
    private static final double TICKS_PER_SECOND = 100;

    /** Fields of {@code stat} after the name, from 0: utime, stime, cutime, cstime. */
    private static final int UTIME = 11;

    private static final int CSTIME = 14;
    private static final double KIBIBYTES_PER_MEGABYTE = 1024;

    private final Path root;

    ProcFiles(Path root) {
        this.root = root;
    }

    /** Processor seconds, user and system, of these processes and of their children that have ended. */
    double cpuSeconds(Collection<Long> processIds) {
        long ticks = 0;
        for (long processId : processIds) {
            ticks += ticks(read(processId, "stat"));
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Proportional set size in MB by program name: pages shared by n processes count 1/n in each. */
    Map<String, Double> pssMegabytes(Collection<Long> processIds) {
        Map<String, Double> megabytes = new TreeMap<>();
        for (long processId : processIds) {
            String rollup = read(processId, "smaps_rollup");
            if (!rollup.isEmpty()) {
                megabytes.merge(read(processId, "comm").strip(), pss(rollup), Double::sum);
            }
        }
        return megabytes;
    }

    private static long ticks(String stat) {
        if (stat.isEmpty()) {
            return 0;
        }
        // The name is in parentheses and may contain anything, so fields are counted from its end.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long sum = 0;
        for (int field = UTIME; field <= CSTIME; field++) {
            sum += Long.parseLong(fields[field]);
        }
        return sum;
    }

    private static double pss(String rollup) {
        return rollup.lines()
                        .filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElseThrow(
                                () -> new BenchException("smaps_rollup has no Pss line; Linux 4.14 or newer is needed"))
                / KIBIBYTES_PER_MEGABYTE;
    }

    private String read(long processId, String file) {
        try {
            return Files.readString(root.resolve(Long.toString(processId)).resolve(file));
        } catch (NoSuchFileException ended) {
            return "";
        } catch (IOException failure) {
            // Reading a process that is just ending fails with ESRCH, which has no exception of its own.
            if (!Files.exists(root.resolve(Long.toString(processId)).resolve("status")) || isGone(failure)) {
                return "";
            }
            throw new BenchException(
                    "cannot read " + file + " of process " + processId + ": run as the same user or root", failure);
        }
    }

    private static boolean isGone(IOException failure) {
        return String.valueOf(failure.getMessage()).contains("No such process");
    }
}
