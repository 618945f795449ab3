package dev.ephpm.http;

import dev.ephpm.config.DataSize;
import dev.ephpm.config.HostAndPort;
import dev.ephpm.config.LoggingConfig;
import dev.ephpm.config.RequestConfig;
import dev.ephpm.config.ResponseConfig;
import dev.ephpm.config.SecurityConfig;
import dev.ephpm.config.ServerConfig;
import dev.ephpm.config.StaticConfig;
import dev.ephpm.config.TimeoutsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Server configurations for tests: the defaults, on a free port, and one thing changed at a time. */
final class Configs {
    static final ServerConfig DEFAULTS = new ServerConfig(
            new HostAndPort("127.0.0.1", 0),
            Optional.empty(),
            Optional.empty(),
            List.of("index.php", "index.html"),
            List.of("$uri", "$uri/", "/index.php?$query_string"),
            Duration.ofSeconds(30),
            10_000,
            false,
            new RequestConfig(new DataSize(10 << 20), new DataSize(8192), new DataSize(8192), List.of()),
            new TimeoutsConfig(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(300)),
            new ResponseConfig(true, 1, new DataSize(1024), List.of(), "ephpm"),
            new StaticConfig("", Map.of(), StaticConfig.HiddenFiles.DENY, true),
            new SecurityConfig(List.of(), List.of(), List.of(), 0, 0),
            new LoggingConfig("info", "text", Optional.empty(), LoggingConfig.AccessFormat.COMBINED));

    private Configs() {}

    static ServerConfig request(ServerConfig c, RequestConfig request) {
        return copy(
                c,
                c.fallback(),
                c.maxConnections(),
                c.proxyProtocol(),
                request,
                c.timeouts(),
                c.response(),
                c.staticFiles(),
                c.security(),
                c.logging());
    }

    static ServerConfig maxBody(long bytes) {
        RequestConfig r = DEFAULTS.request();
        return request(
                DEFAULTS,
                new RequestConfig(new DataSize(bytes), r.maxHeaderSize(), r.maxUriLength(), r.trustedHosts()));
    }

    static ServerConfig trustedHosts(String... hosts) {
        RequestConfig r = DEFAULTS.request();
        return request(
                DEFAULTS, new RequestConfig(r.maxBodySize(), r.maxHeaderSize(), r.maxUriLength(), List.of(hosts)));
    }

    static ServerConfig timeouts(long headerMillis, long idleMillis, long requestMillis) {
        ServerConfig c = DEFAULTS;
        TimeoutsConfig t = new TimeoutsConfig(
                Duration.ofMillis(headerMillis), Duration.ofMillis(idleMillis), Duration.ofMillis(requestMillis));
        return copy(
                c,
                c.fallback(),
                c.maxConnections(),
                c.proxyProtocol(),
                c.request(),
                t,
                c.response(),
                c.staticFiles(),
                c.security(),
                c.logging());
    }

    static ServerConfig security(SecurityConfig security) {
        ServerConfig c = DEFAULTS;
        return copy(
                c,
                c.fallback(),
                c.maxConnections(),
                c.proxyProtocol(),
                c.request(),
                c.timeouts(),
                c.response(),
                c.staticFiles(),
                security,
                c.logging());
    }

    static ServerConfig trustedProxies(String... ranges) {
        return security(new SecurityConfig(List.of(ranges), List.of(), List.of(), 0, 0));
    }

    static ServerConfig response(ResponseConfig response) {
        ServerConfig c = DEFAULTS;
        return copy(
                c,
                c.fallback(),
                c.maxConnections(),
                c.proxyProtocol(),
                c.request(),
                c.timeouts(),
                response,
                c.staticFiles(),
                c.security(),
                c.logging());
    }

    static ServerConfig staticFiles(StaticConfig files) {
        ServerConfig c = DEFAULTS;
        return copy(
                c,
                c.fallback(),
                c.maxConnections(),
                c.proxyProtocol(),
                c.request(),
                c.timeouts(),
                c.response(),
                files,
                c.security(),
                c.logging());
    }

    static ServerConfig fallback(String... chain) {
        ServerConfig c = DEFAULTS;
        return copy(
                c,
                List.of(chain),
                c.maxConnections(),
                c.proxyProtocol(),
                c.request(),
                c.timeouts(),
                c.response(),
                c.staticFiles(),
                c.security(),
                c.logging());
    }

    static ServerConfig maxConnections(int connections) {
        ServerConfig c = DEFAULTS;
        return copy(
                c,
                c.fallback(),
                connections,
                c.proxyProtocol(),
                c.request(),
                c.timeouts(),
                c.response(),
                c.staticFiles(),
                c.security(),
                c.logging());
    }

    static ServerConfig proxyProtocol() {
        ServerConfig c = DEFAULTS;
        return copy(
                c,
                c.fallback(),
                c.maxConnections(),
                true,
                c.request(),
                c.timeouts(),
                c.response(),
                c.staticFiles(),
                c.security(),
                c.logging());
    }

    static ServerConfig accessLog(Path file, LoggingConfig.AccessFormat format) {
        ServerConfig c = DEFAULTS;
        LoggingConfig logging = new LoggingConfig("info", "text", Optional.of(file), format);
        return copy(
                c,
                c.fallback(),
                c.maxConnections(),
                c.proxyProtocol(),
                c.request(),
                c.timeouts(),
                c.response(),
                c.staticFiles(),
                c.security(),
                logging);
    }

    private static ServerConfig copy(
            ServerConfig c,
            List<String> fallback,
            int maxConnections,
            boolean proxyProtocol,
            RequestConfig request,
            TimeoutsConfig timeouts,
            ResponseConfig response,
            StaticConfig staticFiles,
            SecurityConfig security,
            LoggingConfig logging) {
        return new ServerConfig(
                c.listen(),
                c.documentRoot(),
                c.sitesDir(),
                c.indexFiles(),
                fallback,
                c.gracefulShutdownTimeout(),
                maxConnections,
                proxyProtocol,
                request,
                timeouts,
                response,
                staticFiles,
                security,
                logging);
    }
}
