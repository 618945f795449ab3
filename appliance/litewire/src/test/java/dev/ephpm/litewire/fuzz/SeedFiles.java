package dev.ephpm.litewire.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Input for Jazzer to begin with: a file each. */
public final class SeedFiles {
    private SeedFiles() {}

    public static void write(Path directory, List<byte[]> known) throws IOException {
        Files.createDirectories(directory);
        for (int i = 0; i < known.size(); i++) {
            Files.write(directory.resolve("seed-" + i), known.get(i));
        }
    }
}
