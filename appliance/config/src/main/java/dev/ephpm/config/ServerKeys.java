package dev.ephpm.config;

import static dev.ephpm.config.ValueTypes.list;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The rows of {@code [server]}, without its tables. */
final class ServerKeys {
    static final ConfigKey<HostAndPort> LISTEN = ConfigKey.of(
            "server.listen",
            ValueTypes.ADDRESS,
            "0.0.0.0:8080",
            "Address the sites are served on. Port 0 lets the system choose.");
    static final ConfigKey<Path> DOCUMENT_ROOT = ConfigKey.optional(
            "server.document_root",
            ValueTypes.PATH,
            "Directory of the fallback site, which answers hosts without a directory of their own. "
                    + "Unset: `.` without `sites_dir`; with it, unknown hosts get 404.");
    static final ConfigKey<Path> SITES_DIR = ConfigKey.optional(
            "server.sites_dir", ValueTypes.PATH, "Directory whose children are sites, each named after its domain.");
    static final ConfigKey<List<String>> INDEX_FILES = ConfigKey.of(
                    "server.index_files",
                    list(ValueTypes.text("file name", Checks::indexFile)),
                    "[\"index.php\", \"index.html\"]",
                    "Files that answer for a directory, in order.")
            .live();
    static final ConfigKey<List<String>> FALLBACK = ConfigKey.of(
                    "server.fallback",
                    FallbackType.INSTANCE,
                    "[\"$uri\", \"$uri/\", \"/index.php?$query_string\"]",
                    "What is tried for a path, in order; the last entry is a path to rewrite to or a status such as `=404`.")
            .live();
    static final ConfigKey<Duration> GRACEFUL_SHUTDOWN_TIMEOUT = ConfigKey.of(
                    "server.graceful_shutdown_timeout",
                    ValueTypes.duration(Duration.ZERO, Duration.ofHours(1)),
                    "30s",
                    "How long SIGTERM waits for requests in flight.")
            .live();
    static final ConfigKey<Integer> MAX_CONNECTIONS = ConfigKey.of(
                    "server.max_connections",
                    ValueTypes.integer(1, 1_000_000),
                    "10000",
                    "Client connections open at once.")
            .live();
    static final ConfigKey<Boolean> PROXY_PROTOCOL = ConfigKey.of(
            "server.proxy_protocol",
            ValueTypes.BOOLEAN,
            "false",
            "Every connection starts with a PROXY protocol header (version 1 or 2).");

    static final ConfigKey<DataSize> MAX_BODY_SIZE = ConfigKey.of(
                    "server.request.max_body_size",
                    ValueTypes.size(new DataSize(0), DataSize.ofMebibytes(1024 * 1024)),
                    "10MB",
                    "Largest request body; larger ones get 413. 0 = unlimited.")
            .live();
    static final ConfigKey<DataSize> MAX_HEADER_SIZE = ConfigKey.of(
            "server.request.max_header_size",
            ValueTypes.size(new DataSize(1024), DataSize.ofMebibytes(1)),
            "8KB",
            "Request line and headers together; more gets 431.");
    static final ConfigKey<DataSize> MAX_URI_LENGTH = ConfigKey.of(
            "server.request.max_uri_length",
            ValueTypes.size(new DataSize(64), DataSize.ofMebibytes(1)),
            "8KB",
            "Longest request target; longer ones get 414.");
    static final ConfigKey<List<String>> TRUSTED_HOSTS = ConfigKey.of(
                    "server.request.trusted_hosts",
                    list(ValueTypes.text("host name", Checks::hostPattern)),
                    "[]",
                    "When not empty, other hosts get 421. `*.example.com` matches subdomains.")
            .live();

    static final ConfigKey<Duration> HEADER_READ = ConfigKey.of(
                    "server.timeouts.header_read",
                    ValueTypes.duration(Duration.ofMillis(100), Duration.ofHours(1)),
                    "30s",
                    "Time to receive the request line and headers.")
            .live();
    static final ConfigKey<Duration> IDLE = ConfigKey.of(
                    "server.timeouts.idle",
                    ValueTypes.duration(Duration.ofMillis(100), Duration.ofDays(1)),
                    "60s",
                    "How long a connection may stay open without a request.")
            .live();
    static final ConfigKey<Duration> REQUEST = ConfigKey.of(
                    "server.timeouts.request",
                    ValueTypes.duration(Duration.ofMillis(100), Duration.ofDays(1)),
                    "300s",
                    "Time for a whole request, its body included.")
            .live();

    static final ConfigKey<String> CACHE_CONTROL = ConfigKey.of(
                    "server.static.cache_control",
                    ValueTypes.text("header value", Checks::headerValue),
                    "",
                    "`Cache-Control` of files. Empty = none.")
            .live();
    static final ConfigKey<Map<String, Duration>> EXPIRES = ConfigKey.of(
                    "server.static.expires",
                    new MapType<>(
                            ValueTypes.duration(Duration.ZERO, Duration.ofDays(3650)),
                            Checks::isExtension,
                            "a file extension in lower case without the dot"),
                    "{}",
                    "Lifetime per file extension, such as `{ css = \"7d\", jpg = \"365d\" }`; goes before `cache_control`.")
            .live();
    static final ConfigKey<StaticConfig.HiddenFiles> HIDDEN_FILES = ConfigKey.of(
                    "server.static.hidden_files",
                    ValueTypes.choice(StaticConfig.HiddenFiles.class),
                    "deny",
                    "Paths with a segment that starts with a dot: 403, 404, or served.")
            .live();
    static final ConfigKey<Boolean> ETAG = ConfigKey.of(
                    "server.static.etag", ValueTypes.BOOLEAN, "true", "`ETag` on files, and 304 when it still matches.")
            .live();

    private ServerKeys() {}

    static List<ConfigKey<?>> all() {
        return List.of(
                LISTEN,
                DOCUMENT_ROOT,
                SITES_DIR,
                INDEX_FILES,
                FALLBACK,
                GRACEFUL_SHUTDOWN_TIMEOUT,
                MAX_CONNECTIONS,
                PROXY_PROTOCOL,
                MAX_BODY_SIZE,
                MAX_HEADER_SIZE,
                MAX_URI_LENGTH,
                TRUSTED_HOSTS,
                HEADER_READ,
                IDLE,
                REQUEST,
                CACHE_CONTROL,
                EXPIRES,
                HIDDEN_FILES,
                ETAG);
    }
}
