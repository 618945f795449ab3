package dev.ephpm.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationDocumentTest {
    private static final Path REFERENCE = repository().resolve("docs/configuration.md");
    private static final Path EXAMPLE = repository().resolve("appliance/node/src/main/packaging/ephpm.toml");
    private static final Pattern COMMENTED_KEY = Pattern.compile("(?m)^#([a-z_]+ = (?!#))");

    @TempDir
    private Path directory;

    @Test
    void theReferencePageMatchesTheOptionTable() throws IOException {
        check(REFERENCE, Documents.reference());
    }

    @Test
    void theExampleFileMatchesTheOptionTable() throws IOException {
        check(EXAMPLE, Documents.example());
    }

    @Test
    void theExampleFileSaysExactlyTheDefaults() throws IOException {
        String uncommented = COMMENTED_KEY
                .matcher(Documents.example())
                .replaceAll("$1")
                .replace("/var/lib/ephpm", directory + "/data");
        Path file = Files.writeString(directory.resolve("ephpm.toml"), uncommented);

        LoadedConfig example = load(Optional.of(file));

        assertThat(example.changedSince(load(Optional.empty())))
                .extracting(ConfigKey::name)
                .containsExactly("node.data_dir");
        assertThat(example.settings().stream()
                        .filter(setting -> !setting.origin().equals(Setting.DEFAULT))
                        .count())
                .isGreaterThan(40);
    }

    private static LoadedConfig load(Optional<Path> file) {
        return ConfigLoader.load(new ConfigSources(file, Map.of(), List.of()));
    }

    private static void check(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("ephpm.write-documents")) {
            Files.writeString(file, expected);
        }
        assertThat(file)
                .as("run this test with -Dephpm.write-documents=true to write it anew")
                .content()
                .isEqualTo(expected);
    }

    private static Path repository() {
        Path candidate = Path.of("").toAbsolutePath();
        while (!Files.exists(candidate.resolve("mvnw"))) {
            candidate = Objects.requireNonNull(candidate.getParent(), "not inside the repository");
        }
        return candidate;
    }
}
