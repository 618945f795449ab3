package dev.ephpm.litewire.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What WordPress and two ORMs sent to MariaDB, sent to MariaDB and to litewire by the same PHP client. */
class ReplayIT {
    private static final Logger log = LoggerFactory.getLogger(ReplayIT.class);

    @TempDir
    static Path directory;

    private static PrivateMariaDb maria;

    @BeforeAll
    static void startMariaDb() throws IOException, InterruptedException {
        maria = new PrivateMariaDb();
    }

    @AfterAll
    static void stopMariaDb() throws IOException {
        maria.close();
    }

    @Test
    void wordpressGetsTheSameAnswers() throws Exception {
        compare("wordpress", 99.5);
    }

    @Test
    void theOrmsGetTheSameAnswers() throws Exception {
        compare("orm", 96);
    }

    private static void compare(String name, double wanted) throws IOException, InterruptedException {
        Corpus corpus = Corpus.named(name);
        maria.create(corpus.database());
        Map<String, Outcome> expected = Replay.run(corpus, maria.port(), PrivateMariaDb.USER, PrivateMariaDb.PASSWORD);
        Map<String, Outcome> actual;
        try (LitewireUnderTest litewire = new LitewireUnderTest(directory, corpus.database())) {
            actual = Replay.run(corpus, litewire.port(), LitewireUnderTest.USER, LitewireUnderTest.PASSWORD);
        }
        Tally tally = new Tally(expected, actual);
        List<Difference> differences = tally.differences();
        String summary = name + ": " + tally;
        log.info("{}", summary);
        Files.writeString(
                Path.of("target", "replay-" + name + ".txt"),
                summary + "\n\n"
                        + differences.stream().map(Difference::toString).collect(Collectors.joining("\n\n")),
                StandardCharsets.ISO_8859_1);
        assertThat(new Ratchet(corpus).complaints(differences)).isEmpty();
        assertThat(tally.identicalPercent()).as(summary).isGreaterThanOrEqualTo(wanted);
        assertThat(tally.refused()).as(summary).isZero();
    }
}
