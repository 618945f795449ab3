package dev.ephpm.config;

import static dev.ephpm.config.ValueTypes.list;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The rows of {@code [php]}. */
final class PhpKeys {
    static final ValueType<DataSize> MEMORY =
            ValueTypes.size(DataSize.ofMebibytes(2), DataSize.ofMebibytes(1024 * 1024));
    static final ValueType<Duration> EXECUTION_TIME = ValueTypes.duration(Duration.ofSeconds(1), Duration.ofDays(1));
    static final ValueType<List<IniSetting>> INI_SETTINGS =
            list(new PairType<>("pair of texts", Checks::ini, IniSetting::name, IniSetting::value));
    static final ValueType<Map<String, String>> ENVIRONMENT = new MapType<>(
            ValueTypes.text("text", Checks::any),
            Checks::isVariable,
            "the name of an environment variable (letters, digits and _)");

    static final ConfigKey<PhpConfig.Mode> MODE = ConfigKey.of(
            "php.mode",
            ValueTypes.choice(PhpConfig.Mode.class),
            "workers",
            "`workers` runs PHP in forked processes. `embedded` runs it inside the appliance, where one bad script can end everything.");
    static final ConfigKey<Integer> WORKERS = ConfigKey.of(
            "php.workers", ValueTypes.integer(0, 1024), "0", "Worker processes. 0 = one per core, at least 2.");
    static final ConfigKey<Integer> MAX_REQUESTS = ConfigKey.of(
            "php.max_requests",
            ValueTypes.integer(0, Integer.MAX_VALUE),
            "10000",
            "Requests after which a worker is replaced. 0 = never.");
    static final ConfigKey<DataSize> MAX_WORKER_MEMORY = ConfigKey.of(
            "php.max_worker_memory",
            ValueTypes.size(DataSize.ofMebibytes(32), DataSize.ofMebibytes(1024 * 1024)),
            "256MB",
            "Resident size after which a worker is replaced between two requests.");
    static final ConfigKey<Duration> MAX_EXECUTION_TIME = ConfigKey.of(
                    "php.max_execution_time",
                    EXECUTION_TIME,
                    "30s",
                    "Time one PHP request may take, waiting included; then 504.")
            .live();
    static final ConfigKey<DataSize> MEMORY_LIMIT = ConfigKey.of(
                    "php.memory_limit", MEMORY, "128M", "PHP's memory limit of one request.")
            .live();
    static final ConfigKey<Integer> QUEUE = ConfigKey.of(
            "php.queue",
            ValueTypes.integer(0, 100_000),
            "256",
            "Requests that may wait for a worker on this node; more get 503.");
    static final ConfigKey<Integer> QUEUE_PER_SITE =
            ConfigKey.of("php.queue_per_site", ValueTypes.integer(0, 100_000), "64", "The same for one site.");
    static final ConfigKey<Duration> QUEUE_TIMEOUT = ConfigKey.of(
            "php.queue_timeout",
            ValueTypes.duration(Duration.ofMillis(10), Duration.ofHours(1)),
            "10s",
            "How long a request may wait for a worker before 503.");
    static final ConfigKey<String> USER = ConfigKey.of(
            "php.user",
            ValueTypes.text("system user", Checks::user),
            "www-data",
            "System user the workers run as when the appliance is started as root.");
    static final ConfigKey<Path> ERROR_LOG = ConfigKey.optional(
            "php.error_log",
            ValueTypes.PATH,
            "One log for PHP's errors of all sites. Unset: `<data_dir>/sites/<site>/log/php.log` of each site.");
    static final ConfigKey<List<IniSetting>> INI_OVERRIDES = ConfigKey.of(
                    "php.ini_overrides",
                    INI_SETTINGS,
                    "[]",
                    "ini directives for every site, such as `[[\"date.timezone\", \"UTC\"]]`.")
            .live();
    static final ConfigKey<Map<String, String>> ENV = ConfigKey.of(
                    "php.env",
                    ENVIRONMENT,
                    "{}",
                    "Environment of every site's PHP, such as `{ APP_ENV = \"production\" }`.")
            .live();
    static final ConfigKey<List<String>> DISABLE_FUNCTIONS = ConfigKey.of(
            "php.disable_functions",
            list(ValueTypes.text("function name", Checks::function)),
            "[]",
            "PHP functions disabled on top of the built-in list.");
    static final ConfigKey<Path> LIBRARY = ConfigKey.optional(
            "php.library", ValueTypes.PATH, "The libphp to load. Unset: found where Debian's packages put it.");

    private PhpKeys() {}

    static List<ConfigKey<?>> all() {
        return List.of(
                MODE,
                WORKERS,
                MAX_REQUESTS,
                MAX_WORKER_MEMORY,
                MAX_EXECUTION_TIME,
                MEMORY_LIMIT,
                QUEUE,
                QUEUE_PER_SITE,
                QUEUE_TIMEOUT,
                USER,
                ERROR_LOG,
                INI_OVERRIDES,
                ENV,
                DISABLE_FUNCTIONS,
                LIBRARY);
    }
}
