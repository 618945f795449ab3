package dev.ephpm.litewire.dialect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** The recorded traffic of real applications, one distinct statement after the other. */
final class Corpus {
    private static final String SQL = "\"sql\":\"";

    private Corpus() {}

    static List<String> statements(String application) {
        Set<String> statements = new LinkedHashSet<>();
        try (InputStream file = Objects.requireNonNull(
                        Corpus.class.getResourceAsStream("/replay/" + application + ".jsonl.gz"), application);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int at = line.indexOf(SQL);
                if (at >= 0) {
                    statements.add(unescape(line, at + SQL.length()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ArrayList<>(statements);
    }

    private static String unescape(String line, int from) {
        StringBuilder text = new StringBuilder();
        int i = from;
        while (line.charAt(i) != '"') {
            char c = line.charAt(i++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = line.charAt(i++);
            switch (escaped) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'u' -> {
                    text.append((char) Integer.parseInt(line.substring(i, i + 4), 16));
                    i += 4;
                }
                default -> text.append(escaped);
            }
        }
        return text.toString();
    }
}
