package dev.ephpm.litewire.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.sqlite.TestLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What WordPress, phpMyAdmin, Roundcube and two ORMs sent to MariaDB, sent to MariaDB and to litewire by the same PHP client. */
class ReplayIT {
    private static final Logger log = LoggerFactory.getLogger(ReplayIT.class);

    @TempDir
    static Path directory;

    private static final Map<String, Map<String, Outcome>> EXPECTED = new HashMap<>();
    private static PrivateMariaDb maria;

    @BeforeAll
    static void startMariaDb() throws IOException, InterruptedException {
        maria = new PrivateMariaDb();
    }

    @AfterAll
    static void stopMariaDb() throws IOException {
        maria.close();
    }

    @ParameterizedTest
    @EnumSource(TestLibrary.class)
    void wordpressGetsTheSameAnswers(TestLibrary way) throws Exception {
        compare(way, "wordpress", "WordPress", 99.9);
    }

    @ParameterizedTest
    @EnumSource(TestLibrary.class)
    void theOrmsGetTheSameAnswers(TestLibrary way) throws Exception {
        compare(way, "orm", "Illuminate 8", 96);
    }

    @ParameterizedTest
    @EnumSource(TestLibrary.class)
    void mediaWikiGetsTheSameAnswers(TestLibrary way) throws Exception {
        compare(way, "mediawiki", "MediaWiki", 99);
    }

    @ParameterizedTest
    @EnumSource(TestLibrary.class)
    void phpMyAdminGetsTheSameAnswers(TestLibrary way) throws Exception {
        compare(way, "phpmyadmin", "phpMyAdmin", 97.5);
    }

    @ParameterizedTest
    @EnumSource(TestLibrary.class)
    void laravelGetsTheSameAnswers(TestLibrary way) throws Exception {
        compare(way, "laravel", "Laravel", 98);
    }

    @ParameterizedTest
    @EnumSource(TestLibrary.class)
    void doctrineGetsTheSameAnswers(TestLibrary way) throws Exception {
        compare(way, "doctrine", "Doctrine", 98);
    }

    @ParameterizedTest
    @EnumSource(TestLibrary.class)
    void roundcubeGetsTheSameAnswers(TestLibrary way) throws Exception {
        compare(way, "roundcube", "Roundcube", 99);
    }

    /** What MariaDB answers, asked once for both ways to SQLite. */
    private static Map<String, Outcome> expected(Corpus corpus) throws IOException, InterruptedException {
        Map<String, Outcome> known = EXPECTED.get(corpus.name());
        if (known == null) {
            maria.create(corpus.database());
            known = Replay.run(corpus, maria.port(), PrivateMariaDb.USER, PrivateMariaDb.PASSWORD);
            EXPECTED.put(corpus.name(), known);
        }
        return known;
    }

    private static void compare(TestLibrary way, String name, String line, double wanted)
            throws IOException, InterruptedException {
        Corpus corpus = Corpus.named(name);
        Map<String, Outcome> expected = expected(corpus);
        Map<String, Outcome> actual;
        Path site = Files.createTempDirectory(directory, "site");
        try (LitewireUnderTest litewire = new LitewireUnderTest(way, site, corpus.database())) {
            actual = Replay.run(corpus, litewire.port(), LitewireUnderTest.USER, LitewireUnderTest.PASSWORD);
        }
        Tally tally = new Tally(expected, actual);
        List<Difference> differences = tally.differences();
        String summary = name + " (" + way + "): " + tally;
        log.info("{}", summary);
        Files.writeString(
                Path.of("target", "replay-" + name + ".txt"),
                summary + "\n\n"
                        + differences.stream().map(Difference::toString).collect(Collectors.joining("\n\n")),
                StandardCharsets.ISO_8859_1);
        MeasuredFigure.check(line, tally);
        assertThat(new Ratchet(corpus).complaints(differences)).isEmpty();
        assertThat(tally.identicalPercent()).as(summary).isGreaterThanOrEqualTo(wanted);
        assertThat(tally.refused()).as(summary).isZero();
    }
}
