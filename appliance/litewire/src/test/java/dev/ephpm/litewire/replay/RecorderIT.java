package dev.ephpm.litewire.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replaying a corpus through the recorder gives the corpus again. */
class RecorderIT {
    @TempDir
    Path directory;

    @Test
    void whatWasReplayedIsRecorded() throws Exception {
        Corpus orm = Corpus.named("orm");
        Path file = directory.resolve("recorded.jsonl.gz");
        try (PrivateMariaDb maria = new PrivateMariaDb()) {
            maria.create(orm.database());
            try (CorpusWriter writer = new CorpusWriter(file, "orm", orm.database());
                    Recorder recorder = new Recorder(0, maria.port(), writer)) {
                Replay.run(orm, recorder.port(), PrivateMariaDb.USER, PrivateMariaDb.PASSWORD);
            }
        }
        List<String> recorded = lines(file);
        assertThat(events(recorded, "execute", "multi")).isEqualTo(events(lines(orm.file()), "execute", "multi"));
        assertThat(events(recorded, "query")).containsAll(events(lines(orm.file()), "query"));
        assertThat(events(recorded, "quit")).hasSameSizeAs(events(recorded, "connect"));
    }

    @Test
    void textThatIsNotUtf8IsKeptAsBytes() throws Exception {
        Path file = directory.resolve("bytes.jsonl.gz");
        byte[] sql = {'\'', (byte) 0xff, 0, '\''};
        try (CorpusWriter writer = new CorpusWriter(file, "a \"name\"", "d")) {
            writer.query(1, sql);
            writer.execute(1, new byte[] {'?', '\n', 1}, List.of(BoundParameter.ofBytes(sql), BoundParameter.none()));
        }
        assertThat(lines(file))
                .containsExactly(
                        "{\"k\":\"meta\",\"app\":\"a \\\"name\\\"\",\"create\":[\"d\"],\"drop\":[],\"format\":1}",
                        "{\"c\":1,\"k\":\"query\",\"sql64\":\"J/8AJw==\"}",
                        "{\"c\":1,\"k\":\"execute\",\"sql\":\"?\\n\\u0001\",\"types\":\"ss\",\"params\":[{\"base64\":\"J/8AJw==\"},null]}");
    }

    /** The events of these kinds, without the numbers of their connections. */
    private static List<String> events(List<String> lines, String... kinds) {
        return lines.stream()
                .filter(l -> List.of(kinds).stream().anyMatch(k -> l.contains("\"k\":\"" + k + "\"")))
                .map(l -> l.replaceFirst("^\\{\"c\":\\d+,", "{"))
                .toList();
    }

    private static List<String> lines(Path file) throws IOException {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return in.lines().toList();
        }
    }
}
