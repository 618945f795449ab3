package dev.ephpm.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/** Turns values into records; what was wrong was already noted and stands here as its default. */
final class ApplianceBinder {
    private final Values values;

    private ApplianceBinder(Values values) {
        this.values = values;
    }

    static ApplianceConfig bind(Values values) {
        ApplianceBinder binder = new ApplianceBinder(values);
        return new ApplianceConfig(binder.server(), binder.php(), binder.database(), binder.node(), binder.nodeApi());
    }

    private ServerConfig server() {
        Optional<Path> sitesDir = values.find(ServerKeys.SITES_DIR).map(ApplianceBinder::absolute);
        Optional<Path> documentRoot = values.find(ServerKeys.DOCUMENT_ROOT)
                .or(() -> sitesDir.isPresent() ? Optional.empty() : Optional.of(Path.of(".")))
                .map(ApplianceBinder::absolute);
        return new ServerConfig(
                values.get(ServerKeys.LISTEN),
                documentRoot,
                sitesDir,
                values.get(ServerKeys.INDEX_FILES),
                values.get(ServerKeys.FALLBACK),
                values.get(ServerKeys.GRACEFUL_SHUTDOWN_TIMEOUT),
                values.get(ServerKeys.MAX_CONNECTIONS),
                values.get(ServerKeys.PROXY_PROTOCOL),
                request(),
                timeouts(),
                response(),
                staticFiles(),
                security(),
                logging());
    }

    private RequestConfig request() {
        return new RequestConfig(
                values.get(ServerKeys.MAX_BODY_SIZE),
                values.get(ServerKeys.MAX_HEADER_SIZE),
                atMost(ServerKeys.MAX_URI_LENGTH, values.get(ServerKeys.MAX_HEADER_SIZE)),
                values.get(ServerKeys.TRUSTED_HOSTS));
    }

    private TimeoutsConfig timeouts() {
        return new TimeoutsConfig(
                values.get(ServerKeys.HEADER_READ), values.get(ServerKeys.IDLE), values.get(ServerKeys.REQUEST));
    }

    private ResponseConfig response() {
        return new ResponseConfig(
                values.get(ResponseKeys.COMPRESSION),
                values.get(ResponseKeys.COMPRESSION_LEVEL),
                values.get(ResponseKeys.COMPRESSION_MIN_SIZE),
                values.get(ResponseKeys.HEADERS),
                values.get(ResponseKeys.SERVER_HEADER));
    }

    private StaticConfig staticFiles() {
        return new StaticConfig(
                values.get(ServerKeys.CACHE_CONTROL),
                values.get(ServerKeys.EXPIRES),
                values.get(ServerKeys.HIDDEN_FILES),
                values.get(ServerKeys.ETAG));
    }

    private SecurityConfig security() {
        int rate = values.get(ResponseKeys.RATE_LIMIT);
        return new SecurityConfig(
                values.get(ResponseKeys.TRUSTED_PROXIES),
                values.get(ResponseKeys.BLOCKED_PATHS),
                values.get(ResponseKeys.ALLOWED_PHP_PATHS),
                rate,
                values.find(ResponseKeys.RATE_BURST).orElse(rate));
    }

    private LoggingConfig logging() {
        return new LoggingConfig(
                values.get(ResponseKeys.LEVEL),
                values.get(ResponseKeys.FORMAT),
                values.find(ResponseKeys.ACCESS).map(path -> path.toString().equals("-") ? path : absolute(path)),
                values.get(ResponseKeys.ACCESS_FORMAT));
    }

    private PhpConfig php() {
        return new PhpConfig(
                values.get(PhpKeys.MODE),
                values.get(PhpKeys.WORKERS),
                values.get(PhpKeys.MAX_REQUESTS),
                values.get(PhpKeys.MAX_WORKER_MEMORY),
                values.get(PhpKeys.MAX_EXECUTION_TIME),
                values.get(PhpKeys.MEMORY_LIMIT),
                values.get(PhpKeys.QUEUE),
                atMost(PhpKeys.QUEUE_PER_SITE, values.get(PhpKeys.QUEUE)),
                values.get(PhpKeys.QUEUE_TIMEOUT),
                values.get(PhpKeys.USER),
                values.find(PhpKeys.ERROR_LOG).map(ApplianceBinder::absolute),
                values.get(PhpKeys.INI_OVERRIDES),
                values.get(PhpKeys.ENV),
                values.get(PhpKeys.DISABLE_FUNCTIONS),
                values.find(PhpKeys.LIBRARY).map(ApplianceBinder::absolute));
    }

    private DatabaseConfig database() {
        return new DatabaseConfig(
                values.get(DatabaseKeys.ENABLED),
                values.find(DatabaseKeys.DATABASE_PATH).map(ApplianceBinder::absolute),
                values.get(DatabaseKeys.MYSQL_LISTEN),
                values.find(DatabaseKeys.SOCKET).map(ApplianceBinder::absolute),
                values.get(DatabaseKeys.SYNCHRONOUS),
                values.get(DatabaseKeys.CONNECTIONS),
                atMost(DatabaseKeys.CONNECTIONS_PER_SITE, values.get(DatabaseKeys.CONNECTIONS)),
                values.get(DatabaseKeys.BUSY_TIMEOUT),
                new DatabaseLimits(
                        values.get(DatabaseKeys.MAX_PACKET_SIZE),
                        values.get(DatabaseKeys.MAX_STATEMENT_TIME),
                        values.get(DatabaseKeys.MAX_TRANSACTION_TIME),
                        values.get(DatabaseKeys.WAIT_TIMEOUT)),
                new DatabaseAnalysis(
                        values.get(DatabaseKeys.QUERY_STATS),
                        values.get(DatabaseKeys.SLOW_QUERY_THRESHOLD),
                        values.get(DatabaseKeys.AUTO_EXPLAIN),
                        values.get(DatabaseKeys.LOG_LITERALS)));
    }

    private NodeConfig node() {
        return new NodeConfig(
                values.find(NodeKeys.ID).orElseGet(ApplianceBinder::hostName), absolute(values.get(NodeKeys.DATA_DIR)));
    }

    private NodeApiConfig nodeApi() {
        return new NodeApiConfig(values.get(NodeKeys.API_LISTEN), values.find(NodeKeys.API_SECRET));
    }

    /** A default gives way to its bound; what somebody wrote stays, and is refused when it is above. */
    private <T extends Comparable<T>> T atMost(ConfigKey<T> key, T bound) {
        T value = values.get(key);
        boolean isDefault = values.origin(key).equals(Setting.DEFAULT);
        return isDefault && value.compareTo(bound) > 0 ? bound : value;
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
