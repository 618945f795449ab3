package dev.ephpm.sqldmanager;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The table of pinned programs, {@code platforms.txt}.
 *
 * @param version what the program says of itself
 */
record KnownPrograms(String version, Map<String, Program> programs) {
    /**
     * @param oldestGlibc {@code -} where glibc does not matter
     * @param sha256 of the program, in hexadecimal
     */
    record Program(String platform, String oldestGlibc, String sha256) {
        /** The compressed program, if this build brings it. To be closed. */
        @Nullable
        InputStream open() {
            return KnownPrograms.class.getResourceAsStream("sqld-" + platform + ".gz");
        }
    }

    static KnownPrograms read() {
        String version = "";
        Map<String, Program> programs = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(KnownPrograms.class.getResourceAsStream("platforms.txt")),
                StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                if ("program-version".equals(words[0])) {
                    version = line.substring(words[0].length() + 1);
                } else if ("platform".equals(words[0])) {
                    programs.put(words[1], new Program(words[1], words[2], words[3]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new KnownPrograms(version, Map.copyOf(programs));
    }
}
