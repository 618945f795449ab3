package dev.ephpm.litewire.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Statements written by hand, a file for each part of the language, sent to MariaDB and to litewire. {@code -- known <kind>
 * <reason>} before a statement tells of a difference we have accepted; it must be there as long as the line is. Lengths,
 * flags and origins of columns are the business of the recorded traffic and of {@link MatrixIT}.
 */
class LanguageIT {
    private static final Path STATEMENTS = Path.of("src/test/resources/language");
    private static final Set<String> NOT_COMPARED = Set.of("types", "flags", "lengths", "origins");
    private static final String KNOWN = "-- known ";

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

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(STATEMENTS)) {
            return files.map(f -> f.getFileName().toString().replace(".sql", "")).sorted().toList().stream();
        }
    }

    /** The statements of a file and, by statement, the kinds of difference that are known. */
    private record Script(List<String> statements, Map<String, Set<String>> known) {
        static Script read(String name) throws IOException {
            List<String> statements = new ArrayList<>();
            Map<String, Set<String>> known = new HashMap<>();
            String text = Files.readString(STATEMENTS.resolve(name + ".sql"));
            for (String part : text.split(";\n")) {
                Set<String> kinds = new HashSet<>();
                StringBuilder statement = new StringBuilder();
                part.lines().forEach(line -> {
                    if (line.startsWith(KNOWN)) {
                        kinds.add(line.substring(KNOWN.length()).split(" ", 2)[0]);
                    } else if (!line.startsWith("--")) {
                        statement.append(line).append('\n');
                    }
                });
                if (!statement.toString().isBlank()) {
                    statements.add(statement.toString().strip());
                    known.put(statements.getLast(), kinds);
                }
            }
            return new Script(statements, known);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void theSameAnswers(String name) throws Exception {
        Script script = Script.read(name);
        String database = "lara";
        Path corpus = CorpusFile.write(directory.resolve(name + ".jsonl.gz"), database, List.of(), script.statements());
        maria.create(database);
        Map<String, Outcome> expected =
                Replay.run(corpus, maria.port(), PrivateMariaDb.USER, PrivateMariaDb.PASSWORD, database);
        Map<String, Outcome> actual;
        try (LitewireUnderTest litewire =
                new LitewireUnderTest(Files.createDirectory(directory.resolve(name)), database)) {
            actual = Replay.run(corpus, litewire.port(), LitewireUnderTest.USER, LitewireUnderTest.PASSWORD, database);
        }
        List<String> complaints = new ArrayList<>();
        for (Difference difference : new Tally(expected, actual).differences()) {
            Set<String> known = script.known().getOrDefault(difference.sql(), new HashSet<>());
            if (!NOT_COMPARED.contains(difference.kind()) && !known.remove(difference.kind())) {
                complaints.add(difference.toString());
            }
        }
        script.known()
                .forEach((sql, kinds) -> kinds.forEach(
                        kind -> complaints.add("no longer different in " + kind + ", remove the line: " + sql)));
        assertThat(String.join("\n\n", complaints)).isEmpty();
        assertThat(expected).hasSizeGreaterThanOrEqualTo(script.statements().size());
    }
}
