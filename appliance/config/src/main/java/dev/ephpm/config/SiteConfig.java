package dev.ephpm.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code site.toml}: what one site overrides; everything absent is inherited from {@code ephpm.toml}.
 *
 * @param documentRoot inside the site directory, relative; absent = the site directory itself
 * @param databasePath {@code db.sqlite.path}
 * @param databaseName {@code db.sqlite.name}: the database name MySQL clients see; default the domain with _ for . and -
 * @param rateLimit {@code limits.rate}: requests per second; absent = {@code server.security.rate_limit}
 */
public record SiteConfig(
        Optional<Path> documentRoot,
        Optional<List<String>> indexFiles,
        Optional<List<String>> fallback,
        Optional<DataSize> memoryLimit,
        Optional<Duration> maxExecutionTime,
        List<IniSetting> iniOverrides,
        Map<String, String> env,
        Optional<Path> databasePath,
        Optional<String> databaseName,
        Optional<Integer> rateLimit,
        Optional<Integer> rateBurst) {

    /** A site without a {@code site.toml}. */
    public static final SiteConfig INHERITED = new SiteConfig(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
}
