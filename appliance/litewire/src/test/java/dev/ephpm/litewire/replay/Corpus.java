package dev.ephpm.litewire.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A recorded corpus: NAME.jsonl.gz, with the known differences in NAME.known.
 *
 * @param database the database it works in, as its first line says
 */
record Corpus(String name, String database) {
    private static final Path RESOURCES = Path.of("src/test/resources/replay");

    /** Whether the database is there at the beginning or the corpus makes it: the user needs rights for it either way. */
    private static final Pattern DATABASE = Pattern.compile("\"(?:create|drop)\":\\[\"(\\w+)\"]");

    static Corpus named(String name) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file(name))), StandardCharsets.UTF_8))) {
            String meta = lines.readLine();
            Matcher matcher = DATABASE.matcher(meta == null ? "" : meta);
            if (!matcher.find()) {
                throw new IllegalStateException("the first line of " + name + " names no database: " + meta);
            }
            return new Corpus(name, matcher.group(1));
        }
    }

    private static Path file(String name) {
        return RESOURCES.resolve(name + ".jsonl.gz");
    }

    Path file() {
        return file(name);
    }

    Path knownDifferences() {
        return RESOURCES.resolve(name + ".known");
    }
}
