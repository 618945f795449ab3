package dev.ephpm.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code [db.sqlite]}: the databases of sites on this node.
 *
 * @param enabled whether the MySQL frontend runs at all; default true
 * @param path {@code db.sqlite.path}: the fallback site's database file; default {@code ephpm.db} in the data directory
 * @param mysqlListen {@code db.sqlite.proxy.mysql_listen}; default {@code 127.0.0.1:3306}
 * @param socket {@code db.sqlite.proxy.socket}; default {@code <data_dir>/run/mysql.sock}
 * @param synchronous {@code db.sqlite.synchronous}, {@code off|normal|full}; default {@code normal}
 * @param maxConnections {@code db.sqlite.max_connections}, all sites together; default 512
 * @param maxConnectionsPerSite {@code db.sqlite.max_connections_per_site}; default 128
 * @param busyTimeout {@code db.sqlite.busy_timeout}: how long a statement waits for the site's writer before 1205; default 50 s
 * @param limits what single statements and transactions may take
 * @param analysis {@code [db.analysis]}: what is kept and logged of statements
 */
public record DatabaseConfig(
        boolean enabled,
        Optional<Path> path,
        HostAndPort mysqlListen,
        Optional<Path> socket,
        String synchronous,
        int maxConnections,
        int maxConnectionsPerSite,
        Duration busyTimeout,
        DatabaseLimits limits,
        DatabaseAnalysis analysis) {

    /** The same with this Unix socket. */
    public DatabaseConfig withSocket(Path path) {
        return new DatabaseConfig(
                enabled,
                this.path,
                mysqlListen,
                Optional.of(path),
                synchronous,
                maxConnections,
                maxConnectionsPerSite,
                busyTimeout,
                limits,
                analysis);
    }
}
