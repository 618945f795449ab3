package dev.ephpm.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The rows of {@code [db.sqlite]}, {@code [node]} and {@code [node_api]}. */
final class NodeKeys {
    static final ConfigKey<Boolean> ENABLED = ConfigKey.of(
            "db.sqlite.enabled", ValueTypes.BOOLEAN, "true", "Give every site a database and answer MySQL clients.");
    static final ConfigKey<Path> DATABASE_PATH = ConfigKey.optional(
            "db.sqlite.path", ValueTypes.PATH, "Database file of the fallback site. Unset: `<data_dir>/default.db`.");
    static final ConfigKey<HostAndPort> MYSQL_LISTEN = ConfigKey.of(
            "db.sqlite.proxy.mysql_listen",
            ValueTypes.ADDRESS,
            "127.0.0.1:3306",
            "Address MySQL clients connect to. Port 0 lets the system choose.");
    static final ConfigKey<Path> SOCKET = ConfigKey.optional(
            "db.sqlite.proxy.socket",
            ValueTypes.PATH,
            "Unix socket MySQL clients connect to. Unset: `<data_dir>/run/mysql.sock`.");
    static final ConfigKey<String> SYNCHRONOUS = ConfigKey.of(
            "db.sqlite.synchronous",
            ValueTypes.choice("off", "normal", "full"),
            "normal",
            "How hard a commit is pushed to the disk. `normal` survives a crash of the appliance, `full` also a power cut.");
    static final ConfigKey<Integer> CONNECTIONS = ConfigKey.of(
            "db.sqlite.max_connections",
            ValueTypes.integer(1, 10_000),
            "512",
            "MySQL connections open at once, all sites together.");
    static final ConfigKey<Integer> CONNECTIONS_PER_SITE = ConfigKey.of(
            "db.sqlite.max_connections_per_site", ValueTypes.integer(1, 10_000), "128", "The same for one site.");
    static final ConfigKey<Duration> BUSY_TIMEOUT = ConfigKey.of(
            "db.sqlite.busy_timeout",
            ValueTypes.duration(Duration.ofMillis(100), Duration.ofHours(1)),
            "50s",
            "How long a statement waits for another writer of its site before MySQL error 1205.");

    static final ConfigKey<String> ID = ConfigKey.optional(
            "node.id", ValueTypes.text("node name", Checks::nodeId), "Name of this node. Unset: the host name.");
    static final ConfigKey<Path> DATA_DIR = ConfigKey.of(
            "node.data_dir",
            ValueTypes.PATH,
            "/var/lib/ephpm",
            "Everything the appliance keeps for itself: secret, tokens, sockets, sessions, temporary files, logs of sites.");

    static final ConfigKey<HostAndPort> API_LISTEN = ConfigKey.of(
            "node_api.listen", ValueTypes.ADDRESS, "127.0.0.1:9090", "Address of the Node API. Keep it private.");
    static final ConfigKey<Secret> API_SECRET = ConfigKey.optional(
            "node_api.secret",
            ValueTypes.SECRET,
            "Bearer token of the Node API. Unset: one is made and kept in `<data_dir>/node-api.token`.");

    private NodeKeys() {}

    static List<ConfigKey<?>> all() {
        return List.of(
                ENABLED,
                DATABASE_PATH,
                MYSQL_LISTEN,
                SOCKET,
                SYNCHRONOUS,
                CONNECTIONS,
                CONNECTIONS_PER_SITE,
                BUSY_TIMEOUT,
                ID,
                DATA_DIR,
                API_LISTEN,
                API_SECRET);
    }
}
