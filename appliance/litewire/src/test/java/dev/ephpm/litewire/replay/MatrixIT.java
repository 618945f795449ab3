package dev.ephpm.litewire.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Functions and operators times values, asked of MariaDB and of litewire by the same PHP client. */
class MatrixIT {
    private static final Logger log = LoggerFactory.getLogger(MatrixIT.class);
    private static final String DATABASE = "matrix";

    private static final Path KNOWN = Path.of("src/test/resources/matrix/known.txt");

    /** Percent; may only grow. */
    private static final double IDENTICAL = 99;

    @TempDir
    static Path directory;

    @Test
    void everyExpressionHasTheSameValueTypeAndWarnings() throws Exception {
        ExpressionMatrix matrix = ExpressionMatrix.read();
        Path corpus =
                CorpusFile.write(directory.resolve("matrix.jsonl.gz"), DATABASE, matrix.setup(), matrix.statements());
        Map<String, Outcome> expected;
        try (PrivateMariaDb maria = new PrivateMariaDb()) {
            maria.create(DATABASE);
            expected = Replay.run(corpus, maria.port(), PrivateMariaDb.USER, PrivateMariaDb.PASSWORD, DATABASE);
        }
        Map<String, Outcome> actual;
        try (LitewireUnderTest litewire = new LitewireUnderTest(directory, DATABASE)) {
            actual = Replay.run(corpus, litewire.port(), LitewireUnderTest.USER, LitewireUnderTest.PASSWORD, DATABASE);
        }
        Tally tally = new Tally(expected, actual);
        log.info("matrix: {}", tally);
        Files.writeString(
                Path.of("target", "matrix.txt"),
                tally + "\n\n"
                        + tally.differences().stream().map(Difference::toString).collect(Collectors.joining("\n\n")),
                StandardCharsets.ISO_8859_1);
        MeasuredFigure.check("functions and operators × values", tally);
        assertThat(Ratchet.ofStatements(KNOWN).complaints(tally.differences())).isEmpty();
        assertThat(tally.identicalPercent()).isGreaterThanOrEqualTo(IDENTICAL);
        assertThat(matrix.statements()).hasSizeGreaterThanOrEqualTo(4000);
    }
}
