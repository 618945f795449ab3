package dev.ephpm.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The rows of {@code [db.sqlite]} and {@code [db.analysis]}. */
final class DatabaseKeys {
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
    static final ConfigKey<DataSize> MAX_PACKET_SIZE = ConfigKey.of(
            "db.sqlite.max_packet_size",
            ValueTypes.size(new DataSize(64L * 1024), DataSize.ofMebibytes(512)),
            "64MB",
            "Longest statement, with its values; longer ones get MySQL error 1153. `@@max_allowed_packet` shows it.");
    static final ConfigKey<Duration> MAX_STATEMENT_TIME = ConfigKey.of(
            "db.sqlite.max_statement_time",
            ValueTypes.duration(Duration.ZERO, Duration.ofDays(7)),
            "5m",
            "Time one statement may take before MySQL error 1969. A session sets its own with `max_statement_time`. 0 = no limit.");
    static final ConfigKey<Duration> MAX_TRANSACTION_TIME = ConfigKey.of(
            "db.sqlite.max_transaction_time",
            ValueTypes.duration(Duration.ofSeconds(1), Duration.ofDays(7)),
            "5m",
            "How long a transaction may keep the right to write; then it is rolled back and its client disconnected.");

    static final ConfigKey<Duration> WAIT_TIMEOUT = ConfigKey.of(
            "db.sqlite.wait_timeout",
            ValueTypes.duration(Duration.ofSeconds(1), Duration.ofDays(365)),
            "8h",
            "How long a connection may stay open without a statement. A session sets its own with `wait_timeout`.");

    static final ConfigKey<Boolean> QUERY_STATS = ConfigKey.of(
            "db.analysis.query_stats",
            ValueTypes.BOOLEAN,
            "true",
            "Keep statistics of each site's statements, by their text without values.");
    static final ConfigKey<Duration> SLOW_QUERY_THRESHOLD = ConfigKey.of(
            "db.analysis.slow_query_threshold",
            ValueTypes.duration(Duration.ZERO, Duration.ofHours(1)),
            "100ms",
            "Statements that take longer are logged and counted as slow. 0 = none.");
    static final ConfigKey<Boolean> AUTO_EXPLAIN = ConfigKey.of(
            "db.analysis.auto_explain", ValueTypes.BOOLEAN, "true", "Log SQLite's query plan of slow statements, too.");
    static final ConfigKey<Boolean> LOG_LITERALS = ConfigKey.of(
            "db.analysis.log_literals",
            ValueTypes.BOOLEAN,
            "false",
            "Log slow statements as they were sent, which may show personal data. Otherwise `?` stands for each value.");

    private DatabaseKeys() {}

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
                MAX_PACKET_SIZE,
                MAX_STATEMENT_TIME,
                MAX_TRANSACTION_TIME,
                WAIT_TIMEOUT,
                QUERY_STATS,
                SLOW_QUERY_THRESHOLD,
                AUTO_EXPLAIN,
                LOG_LITERALS);
    }
}
