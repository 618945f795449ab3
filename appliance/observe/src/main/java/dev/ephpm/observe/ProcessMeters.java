package dev.ephpm.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * What the appliance's own process uses, under the names Prometheus' client libraries have given it. Read from /proc and the
 * runtime when asked, not through JMX, which costs memory and start-up time.
 */
public final class ProcessMeters {
    private static final Path PROC = Path.of("/proc/self");
    private static final long PAGE_BYTES = 4096;

    private ProcessMeters() {}

    /** Registers the meters; call once. */
    public static void register(Metrics metrics, String version) {
        MeterRegistry registry = metrics.registry();
        ProcessHandle self = ProcessHandle.current();
        double startSeconds = self.info().startInstant().orElseGet(Instant::now).toEpochMilli() / 1000.0;
        FunctionCounter.builder("process.cpu", self, ProcessMeters::cpuSeconds)
                .description("CPU time of the appliance itself, without PHP")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("process.start.time", () -> startSeconds)
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("process.resident.memory", ProcessMeters::residentBytes)
                .description("Resident memory of the appliance itself, without PHP")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("process.open.fds", ProcessMeters::openFiles).register(registry);
        Gauge.builder("jvm.heap.used", ProcessMeters::heapBytes)
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("jvm.heap.max", () -> Runtime.getRuntime().maxMemory())
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("jvm.threads", Thread::activeCount).register(registry);
        Gauge.builder("ephpm.build", () -> 1).tag("version", version).register(registry);
    }

    private static double cpuSeconds(ProcessHandle self) {
        return self.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
    }

    private static double heapBytes() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static double residentBytes() {
        try {
            String[] fields = Files.readString(PROC.resolve("statm"), StandardCharsets.US_ASCII)
                    .split(" ", -1);
            return Long.parseLong(fields[1]) * PAGE_BYTES;
        } catch (IOException | NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static double openFiles() {
        try (Stream<Path> descriptors = Files.list(PROC.resolve("fd"))) {
            return descriptors.count();
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
