package dev.ephpm.node;

import dev.ephpm.config.ConfigLoader;
import dev.ephpm.config.ConfigSources;
import dev.ephpm.config.LoadedConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option every command that reads the configuration has. */
final class ConfigFile {
    private static final Path DEFAULT = Path.of("ephpm.toml");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Configuration file. Default: ephpm.toml in the current directory, when there is one.")
    private @Nullable Path file;

    /** The configuration in force: flags over variables over the file over defaults. */
    LoadedConfig load(List<ConfigSources.Flag> flags) {
        return ConfigLoader.load(new ConfigSources(path(), System.getenv(), flags));
    }

    LoadedConfig load() {
        return load(List.of());
    }

    Optional<Path> path() {
        Path named = file;
        if (named != null) {
            return Optional.of(named);
        }
        return Files.exists(DEFAULT) ? Optional.of(DEFAULT) : Optional.empty();
    }
}
