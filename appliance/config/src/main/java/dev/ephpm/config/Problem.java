package dev.ephpm.config;

/**
 * One thing wrong with the configuration.
 *
 * @param origin where it was written, such as {@code ephpm.toml:12:1} or {@code EPHPM_SERVER__LISTEN}
 * @param key the key's full name, or empty when the file itself cannot be read
 * @param message what is wrong and what to write instead
 */
public record Problem(String origin, String key, String message) {
    @Override
    public String toString() {
        return origin + ": " + (key.isEmpty() ? "" : key + ": ") + message;
    }
}
