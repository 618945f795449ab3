package dev.ephpm.litewire.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs replay.php against one server. */
final class Replay {
    private static final String PROGRAM = "src/test/resources/replay/replay.php";
    private static final int LONGEST_MINUTES = 10;

    private Replay() {}

    static Map<String, Outcome> run(Corpus corpus, int port, String user, String password)
            throws IOException, InterruptedException {
        return run(corpus.file(), port, user, password, corpus.database());
    }

    /** @param corpus lines as {@code src/test/resources/replay/README.md} describes them, gzip */
    static Map<String, Outcome> run(Path corpus, int port, String user, String password, String database)
            throws IOException, InterruptedException {
        Process php = new ProcessBuilder(
                        "php8.2",
                        "-d",
                        "memory_limit=1G",
                        PROGRAM,
                        corpus.toString(),
                        "127.0.0.1",
                        String.valueOf(port),
                        user,
                        password,
                        database)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        try (BufferedReader lines = php.inputReader(StandardCharsets.ISO_8859_1)) {
            for (String line : (Iterable<String>) lines.lines()::iterator) {
                Outcome outcome = Outcome.parse(line);
                outcomes.put(outcome.id(), outcome);
            }
        }
        if (!php.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) || php.exitValue() != 0) {
            php.destroyForcibly();
            throw new IllegalStateException("replay.php failed after " + outcomes.size() + " outcomes");
        }
        return outcomes;
    }
}
