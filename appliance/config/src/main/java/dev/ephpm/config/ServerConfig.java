package dev.ephpm.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code [server]}: listeners, documents and the request pipeline.
 *
 * @param listen default {@code 0.0.0.0:8080}
 * @param documentRoot the fallback site; absent = unknown hosts get 404
 * @param sitesDir directory whose children are sites named after their domains
 * @param indexFiles default {@code index.php, index.html}
 * @param fallback resolution chain; default {@code $uri, $uri/, /index.php?$query_string}
 * @param gracefulShutdownTimeout how long SIGTERM waits for requests in flight; default 30 s
 * @param maxConnections open client connections; default 10000
 * @param proxyProtocol whether every connection starts with a PROXY v1 or v2 header; default false
 */
public record ServerConfig(
        HostAndPort listen,
        Optional<Path> documentRoot,
        Optional<Path> sitesDir,
        List<String> indexFiles,
        List<String> fallback,
        Duration gracefulShutdownTimeout,
        int maxConnections,
        boolean proxyProtocol,
        RequestConfig request,
        TimeoutsConfig timeouts,
        ResponseConfig response,
        StaticConfig staticFiles,
        SecurityConfig security,
        LoggingConfig logging) {}
