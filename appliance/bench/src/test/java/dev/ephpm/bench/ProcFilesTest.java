package dev.ephpm.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFilesTest {
    @TempDir
    private Path root;

    private ProcFiles proc;

    @BeforeEach
    void openProc() {
        proc = new ProcFiles(root);
    }

    @Test
    void addsOwnTimeAndThatOfEndedChildren() throws IOException {
        process(10, "(php) odd) name", "120 30 40 10", 0);
        process(11, "nginx", "100 0 0 0", 0);

        assertThat(proc.cpuSeconds(List.of(10L, 11L))).isEqualTo(3.0);
    }

    @Test
    void addsMemoryByProgram() throws IOException {
        process(10, "php", "0 0 0 0", 2048);
        process(11, "php", "0 0 0 0", 1024);
        process(12, "java", "0 0 0 0", 512);

        assertThat(proc.pssMegabytes(List.of(10L, 11L, 12L)))
                .containsOnlyKeys("php", "java")
                .hasEntrySatisfying("php", value -> assertThat(value).isCloseTo(3.0, within(1e-9)))
                .hasEntrySatisfying("java", value -> assertThat(value).isCloseTo(0.5, within(1e-9)));
    }

    @Test
    void processesThatHaveEndedCountNothing() {
        assertThat(proc.cpuSeconds(List.of(99L))).isZero();
        assertThat(proc.pssMegabytes(List.of(99L))).isEmpty();
    }

    @Test
    void readsTheRealThing() {
        ProcFiles real = new ProcFiles(Path.of("/proc"));
        List<Long> self = List.of(ProcessHandle.current().pid());

        assertThat(real.cpuSeconds(self)).isPositive();
        assertThat(real.pssMegabytes(self)).containsKey("java");
    }

    private void process(long id, String name, String ticks, long pssKibibytes) throws IOException {
        Path directory = Files.createDirectories(root.resolve(Long.toString(id)));
        Files.writeString(
                directory.resolve("stat"),
                id + " (" + name + ") S 1 1 1 0 -1 4194560 5 6 7 8 " + ticks + " 20 0 1 0 99\n");
        Files.writeString(directory.resolve("comm"), name + "\n");
        Files.writeString(
                directory.resolve("smaps_rollup"),
                "00400000-7fff ---p 00000000 00:00 0 [rollup]\nRss:  9999 kB\nPss:  " + pssKibibytes
                        + " kB\nPss_Anon: 77 kB\n");
    }
}
