package dev.ephpm.litewire.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Statements by chance, sent to MariaDB and to litewire. {@code -Dephpm.random.seed=N} and {@code
 * -Dephpm.random.statements=N} make other and longer runs.
 */
class RandomStatementsIT {
    private static final Logger log = LoggerFactory.getLogger(RandomStatementsIT.class);
    private static final String DATABASE = "lara";
    private static final long SEED = 20_260_101;
    private static final int STATEMENTS = 2_000;

    /** Columns of stored tables may or may not come out of a temporary table; their description is MatrixIT's business. */
    private static final Set<String> NOT_COMPARED = Set.of("types", "flags", "lengths", "origins");

    @TempDir
    static Path directory;

    @Test
    void theSameRowsAndEffects() throws Exception {
        long seed = Long.getLong("ephpm.random.seed", SEED);
        int count = Integer.getInteger("ephpm.random.statements", STATEMENTS);
        RandomStatements random = new RandomStatements(seed);
        List<String> setup = random.setup();
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            statements.add(random.next());
        }
        Path corpus = CorpusFile.write(directory.resolve("random.jsonl.gz"), DATABASE, setup, statements);
        Map<String, Outcome> expected;
        try (PrivateMariaDb maria = new PrivateMariaDb()) {
            maria.create(DATABASE);
            expected = Replay.run(corpus, maria.port(), PrivateMariaDb.USER, PrivateMariaDb.PASSWORD, DATABASE);
        }
        Map<String, Outcome> actual;
        try (LitewireUnderTest litewire = new LitewireUnderTest(directory, DATABASE)) {
            actual = Replay.run(corpus, litewire.port(), LitewireUnderTest.USER, LitewireUnderTest.PASSWORD, DATABASE);
        }
        Tally tally = new Tally(expected, actual, NOT_COMPARED);
        log.info("random statements, seed {}: {}", seed, tally);
        List<String> differences = tally.differences().stream()
                .filter(d -> !d.sql().startsWith("SHOW CREATE")) // AUTO_INCREMENT after refused rows
                .map(Difference::toString)
                .toList();
        Files.writeString(
                Path.of("target", "random.txt"),
                tally + "\n\n" + String.join("\n\n", differences),
                StandardCharsets.ISO_8859_1);
        assertThat(differences).as("seed %d", seed).isEmpty();
    }
}
