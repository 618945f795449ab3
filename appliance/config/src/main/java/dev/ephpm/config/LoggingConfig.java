package dev.ephpm.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code [server.logging]}.
 *
 * @param level {@code trace|debug|info|warn|error}; default info
 * @param format {@code text} (default) or {@code json}, of the appliance's own log
 * @param access access log file, or {@code "-"} for standard output; absent (default) = none
 * @param accessFormat {@code combined} (default) or {@code json}
 */
public record LoggingConfig(String level, String format, Optional<Path> access, AccessFormat accessFormat) {
    /** How a line of the access log looks. */
    public enum AccessFormat {
        COMBINED,
        JSON
    }
}
