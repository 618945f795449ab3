package dev.ephpm.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.config.ConfigException;
import dev.ephpm.config.ConfigLoader;
import dev.ephpm.config.ConfigSources;
import dev.ephpm.config.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the documents say can be typed, can be typed. */
class DocumentsTest {
    private static final Pattern TOML_BLOCK = Pattern.compile("(?ms)^```toml\\n(.*?)^```");
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|[`/ (])ephpm ([a-z][^\\n`|]*)");
    private static final Pattern OPTION = Pattern.compile("--?[a-z][a-z-]*");

    @TempDir
    private Path directory;

    @Test
    void everyTomlBlockIsUnderstood() throws IOException {
        int blocks = 0;
        for (Path document : documents()) {
            Matcher matcher = TOML_BLOCK.matcher(Files.readString(document));
            while (matcher.find()) {
                blocks++;
                assertUnderstood(document, matcher.group(1));
            }
        }
        assertThat(blocks).isPositive();
    }

    private void assertUnderstood(Path document, String toml) throws IOException {
        Path file = Files.writeString(directory.resolve("block.toml"), toml);
        List<String> asAppliance =
                problems(() -> ConfigLoader.load(new ConfigSources(Optional.of(file), Map.of(), List.of())));
        List<String> asSite = problems(() -> ConfigLoader.loadSite(file));
        assertThat(asAppliance.isEmpty() || asSite.isEmpty())
                .as("%s contains\n%s\nas ephpm.toml: %s\nas site.toml: %s", document, toml, asAppliance, asSite)
                .isTrue();
    }

    /** Directories named in examples need not exist here. */
    private static List<String> problems(Runnable load) {
        try {
            load.run();
            return List.of();
        } catch (ConfigException e) {
            return e.problems().stream()
                    .map(Problem::toString)
                    .filter(problem ->
                            !problem.contains("does not exist") && !problem.contains("is not a readable file"))
                    .toList();
        }
    }

    @Test
    void everyCommandAndOptionExists() throws IOException {
        int commands = 0;
        for (Path document : documents()) {
            Matcher matcher = COMMAND.matcher(Files.readString(document));
            while (matcher.find()) {
                List<String> words = List.of(matcher.group(1)
                        .replaceFirst(" (#|>|&&) .*", "")
                        .strip()
                        .split("\\s+", -1));
                CommandLine line = Main.commandLine();
                if (line.getSubcommands().containsKey(words.getFirst())) {
                    commands++;
                    assertOptionsExist(document, deepest(line, words), words);
                }
            }
        }
        assertThat(commands).isGreaterThan(5);
    }

    private static CommandLine deepest(CommandLine line, List<String> words) {
        CommandLine current = line;
        for (String word : words) {
            CommandLine next = current.getSubcommands().get(word);
            if (next == null) {
                return current;
            }
            current = next;
        }
        return current;
    }

    private static void assertOptionsExist(Path document, CommandLine command, List<String> words) {
        List<String> unknown = words.stream()
                .map(word -> word.replaceFirst("[=:,.)].*", ""))
                .filter(word -> OPTION.matcher(word).matches())
                .filter(word -> command.getCommandSpec().findOption(word) == null)
                .toList();
        assertThat(unknown)
                .as("%s: ephpm %s", document, String.join(" ", words))
                .isEmpty();
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        documents.add(Repository.root().resolve("README.md"));
        try (Stream<Path> found = Files.list(Repository.root().resolve("docs"))) {
            found.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        assertThat(documents)
                .allSatisfy(document -> assertThat(Files.readString(document, StandardCharsets.UTF_8))
                        .isNotEmpty());
        return documents;
    }
}
