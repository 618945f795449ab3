package dev.ephpm.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where configuration comes from, weakest first.
 *
 * @param file {@code ephpm.toml}; must exist when given
 * @param environment only names that start with {@code EPHPM_} count
 * @param flags from the command line
 */
public record ConfigSources(Optional<Path> file, Map<String, String> environment, List<Flag> flags) {
    /**
     * One flag.
     *
     * @param name as typed, such as {@code --listen}, for messages
     * @param key the option it sets
     */
    public record Flag(String name, String key, String value) {}
}
