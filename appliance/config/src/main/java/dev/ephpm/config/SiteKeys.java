package dev.ephpm.config;

import static dev.ephpm.config.ValueTypes.list;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The rows of {@code site.toml}. */
final class SiteKeys {
    static final ConfigKey<Path> DOCUMENT_ROOT = ConfigKey.optional(
            "document_root",
            ValueTypes.PATH,
            "Directory to serve, inside the site's directory. Unset: the site's directory itself.");
    static final ConfigKey<List<String>> INDEX_FILES = ConfigKey.optional(
            "index_files", list(ValueTypes.text("file name", Checks::indexFile)), "Instead of `server.index_files`.");
    static final ConfigKey<List<String>> FALLBACK =
            ConfigKey.optional("fallback", FallbackType.INSTANCE, "Instead of `server.fallback`.");
    static final ConfigKey<DataSize> MEMORY_LIMIT =
            ConfigKey.optional("php.memory_limit", PhpKeys.MEMORY, "Instead of the node's `php.memory_limit`.");
    static final ConfigKey<Duration> MAX_EXECUTION_TIME = ConfigKey.optional(
            "php.max_execution_time", PhpKeys.EXECUTION_TIME, "Instead of the node's `php.max_execution_time`.");
    static final ConfigKey<List<IniSetting>> INI_OVERRIDES =
            ConfigKey.of("php.ini_overrides", PhpKeys.INI_SETTINGS, "[]", "ini directives after the node's.");
    static final ConfigKey<Map<String, String>> ENV =
            ConfigKey.of("php.env", PhpKeys.ENVIRONMENT, "{}", "Environment on top of the node's `php.env`.");
    static final ConfigKey<Path> DATABASE_PATH = ConfigKey.optional(
            "db.sqlite.path",
            ValueTypes.PATH,
            "Database file. Unset: `ephpm.db` in the site's directory. A relative path starts at that directory.");
    static final ConfigKey<String> DATABASE_NAME = ConfigKey.optional(
            "db.sqlite.name",
            ValueTypes.text("database name", Checks::databaseName),
            "Name MySQL clients see. Unset: the domain with `_` for `.` and `-`.");
    static final ConfigKey<Integer> RATE = ConfigKey.optional(
            "limits.rate",
            ValueTypes.integer(0, 1_000_000),
            "Requests per second, instead of `server.security.rate_limit`. 0 = no limit.");
    static final ConfigKey<Integer> BURST = ConfigKey.optional(
            "limits.burst", ValueTypes.integer(1, 1_000_000), "Instead of `server.security.rate_burst`.");

    private SiteKeys() {}

    static List<ConfigKey<?>> all() {
        return List.of(
                DOCUMENT_ROOT,
                INDEX_FILES,
                FALLBACK,
                MEMORY_LIMIT,
                MAX_EXECUTION_TIME,
                INI_OVERRIDES,
                ENV,
                DATABASE_PATH,
                DATABASE_NAME,
                RATE,
                BURST);
    }
}
