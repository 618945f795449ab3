package dev.ephpm.litewire.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes generated statements in the form replay.php reads. */
final class CorpusFile {
    private CorpusFile() {}

    /** Statements of one connection, each followed by a look at its warnings. */
    static Path write(Path file, String database, List<String> setup, List<String> checked) throws IOException {
        try (PrintStream lines =
                new PrintStream(new GZIPOutputStream(Files.newOutputStream(file)), false, StandardCharsets.UTF_8)) {
            lines.println("{\"c\":0,\"k\":\"connect\",\"db\":\"" + database + "\",\"charset\":\"utf8mb4\"}");
            setup.forEach(sql -> lines.println(line("query", sql)));
            checked.forEach(sql -> lines.println(line("check", sql)));
        }
        return file;
    }

    private static String line(String kind, String sql) {
        String escaped = sql.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return "{\"c\":0,\"k\":\"" + kind + "\",\"sql\":\"" + escaped + "\"}";
    }
}
