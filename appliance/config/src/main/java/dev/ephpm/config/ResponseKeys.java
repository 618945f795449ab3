package dev.ephpm.config;

import static dev.ephpm.config.ValueTypes.list;

import java.nio.file.Path;
import java.util.List;

/** The rows of {@code [server.response]}, {@code [server.security]} and {@code [server.logging]}. */
final class ResponseKeys {
    static final ConfigKey<Boolean> COMPRESSION = ConfigKey.of(
                    "server.response.compression", ValueTypes.BOOLEAN, "true", "Compress text with zstd, br or gzip.")
            .live();
    static final ConfigKey<Integer> COMPRESSION_LEVEL = ConfigKey.of(
                    "server.response.compression_level", ValueTypes.integer(1, 9), "1", "1 is fast, 9 is small.")
            .live();
    static final ConfigKey<DataSize> COMPRESSION_MIN_SIZE = ConfigKey.of(
                    "server.response.compression_min_size",
                    ValueTypes.size(new DataSize(0), DataSize.ofMebibytes(1024)),
                    "1KB",
                    "Smaller bodies stay as they are.")
            .live();
    static final ConfigKey<List<ResponseConfig.Header>> HEADERS = ConfigKey.of(
                    "server.response.headers",
                    list(new PairType<>(
                            "pair of texts",
                            Checks::header,
                            ResponseConfig.Header::name,
                            ResponseConfig.Header::value)),
                    "[]",
                    "Headers added to every response, such as `[[\"X-Frame-Options\", \"DENY\"]]`.")
            .live();
    static final ConfigKey<String> SERVER_HEADER = ConfigKey.of(
                    "server.response.server_header",
                    ValueTypes.text("header value", Checks::headerValue),
                    "ephpm",
                    "Value of `Server`. Empty = none.")
            .live();

    static final ConfigKey<List<String>> TRUSTED_PROXIES = ConfigKey.of(
                    "server.security.trusted_proxies",
                    list(ValueTypes.text("CIDR range", Addresses::checkRange)),
                    "[]",
                    "Ranges whose `X-Forwarded-For` and `X-Forwarded-Proto` count, such as `[\"10.0.0.0/8\"]`.")
            .live();
    static final ConfigKey<List<String>> BLOCKED_PATHS = ConfigKey.of(
                    "server.security.blocked_paths",
                    list(ValueTypes.text("path pattern", Checks::glob)),
                    "[]",
                    "Paths answered with 403, such as `[\"/vendor/*\"]`.")
            .live();
    static final ConfigKey<List<String>> ALLOWED_PHP_PATHS = ConfigKey.of(
                    "server.security.allowed_php_paths",
                    list(ValueTypes.text("path pattern", Checks::glob)),
                    "[]",
                    "When not empty, only matching PHP scripts run; others get 403.")
            .live();
    static final ConfigKey<Integer> RATE_LIMIT = ConfigKey.of(
                    "server.security.rate_limit",
                    ValueTypes.integer(0, 1_000_000),
                    "0",
                    "Requests per second each site may serve on this node; more get 429. 0 = no limit.")
            .live();
    static final ConfigKey<Integer> RATE_BURST = ConfigKey.optional(
                    "server.security.rate_burst",
                    ValueTypes.integer(1, 1_000_000),
                    "Requests a site may serve at once on top of its rate. Unset: the same number as the rate.")
            .live();

    static final ConfigKey<String> LEVEL = ConfigKey.of(
                    "server.logging.level",
                    ValueTypes.choice("trace", "debug", "info", "warn", "error"),
                    "info",
                    "How much the appliance logs.")
            .live();
    static final ConfigKey<String> FORMAT = ConfigKey.of(
            "server.logging.format", ValueTypes.choice("text", "json"), "text", "Form of the appliance's own log.");
    static final ConfigKey<Path> ACCESS = ConfigKey.optional(
                    "server.logging.access",
                    ValueTypes.PATH,
                    "Access log file; `\"-\"` is standard output. Unset: no access log.")
            .live();
    static final ConfigKey<LoggingConfig.AccessFormat> ACCESS_FORMAT = ConfigKey.of(
                    "server.logging.access_format",
                    ValueTypes.choice(LoggingConfig.AccessFormat.class),
                    "combined",
                    "Form of the access log.")
            .live();

    private ResponseKeys() {}

    static List<ConfigKey<?>> all() {
        return List.of(
                COMPRESSION,
                COMPRESSION_LEVEL,
                COMPRESSION_MIN_SIZE,
                HEADERS,
                SERVER_HEADER,
                TRUSTED_PROXIES,
                BLOCKED_PATHS,
                ALLOWED_PHP_PATHS,
                RATE_LIMIT,
                RATE_BURST,
                LEVEL,
                FORMAT,
                ACCESS,
                ACCESS_FORMAT);
    }
}
