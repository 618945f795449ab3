package dev.ephpm.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Where the tests find the sources and documents. */
final class Repository {
    private Repository() {}

    static Path root() {
        Path candidate = Path.of("").toAbsolutePath();
        while (!Files.exists(candidate.resolve("mvnw"))) {
            candidate = Objects.requireNonNull(candidate.getParent(), "not inside the repository");
        }
        return candidate;
    }
}
