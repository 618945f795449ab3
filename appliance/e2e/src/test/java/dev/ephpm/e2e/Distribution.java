package dev.ephpm.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The unpacked distribution the tests run: {@code -Dephpm.home=<directory>}, by default what {@code make build} left. */
final class Distribution {
    private Distribution() {}

    static Path program() {
        String home = System.getProperty("ephpm.home");
        Path program = (home == null || home.isEmpty() ? repository().resolve("build/ephpm") : Path.of(home))
                .toAbsolutePath()
                .normalize()
                .resolve("bin/ephpm");
        if (!Files.isExecutable(program)) {
            throw new AssertionError("There is no distribution at " + program + ". Run 'make build' first.");
        }
        return program;
    }

    static Command command(String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(program().toString());
        line.addAll(List.of(arguments));
        return Command.of(line);
    }

    static Path repository() {
        Path candidate = Path.of("").toAbsolutePath();
        while (candidate != null && !Files.exists(candidate.resolve("mvnw"))) {
            candidate = candidate.getParent();
        }
        if (candidate == null) {
            throw new AssertionError("The tests must run inside the repository, or with -Dephpm.home=<distribution>");
        }
        return candidate;
    }
}
