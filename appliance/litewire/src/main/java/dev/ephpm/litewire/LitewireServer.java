package dev.ephpm.litewire;

import dev.ephpm.config.DatabaseConfig;
import dev.ephpm.config.DatabaseLimits;
import dev.ephpm.litewire.protocol.Conversation;
import dev.ephpm.litewire.protocol.Logins;
import dev.ephpm.litewire.protocol.PasswordVerifier;
import dev.ephpm.litewire.protocol.ServerSession;
import dev.ephpm.litewire.sqlite.SqliteLibrary;
import dev.ephpm.litewire.statistics.Digest;
import dev.ephpm.litewire.statistics.QueryStatistics;
import dev.ephpm.litewire.statistics.SiteStatistics;
import dev.ephpm.litewire.statistics.SlowLog;
import dev.ephpm.litewire.statistics.SlowStatement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MySQL front end of a node: listens on TCP and on a Unix socket, and serves each site's account from the site's own file.
 * Thread-safe.
 */
public final class LitewireServer implements AutoCloseable {
    /** What VERSION() says. */
    public static final String VERSION = "10.11.14-MariaDB-ephpm";

    private static final Logger log = LoggerFactory.getLogger(LitewireServer.class);
    private static final Duration WATCH = Duration.ofSeconds(1);
    private static final Duration IDLE_FILES = Duration.ofSeconds(30);
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    // Clients that know MariaDB take the 5.5.5- off; the others would think a MariaDB 10 to be a MySQL 10.
    private static final String GREETING = "5.5.5-" + VERSION;
    private static final Duration LONGEST_HANDSHAKE = Duration.ofSeconds(10);
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(60);

    private final DatabaseConfig config;
    private final SiteLogins sites;
    private final SiteEngine.Factory engines;
    private final Replicas replicas;
    private final CountingMeter meter;
    private final SqliteLibrary library;
    private final Map<Path, SiteDatabase> databases = new ConcurrentHashMap<>();
    private final Map<Path, SiteStatistics> statistics = new ConcurrentHashMap<>();
    private final SlowLog slowLog;
    private final StatementTimer timer = new StatementTimer();
    private final List<Listener> listeners = new ArrayList<>();
    private final long startNanos = System.nanoTime();
    private final Connections connections;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("litewire-watch").factory());

    /**
     * Does not listen yet.
     *
     * @param nativeDirectory holds {@code litewire.so}; without it databases work, but slower and with a warning
     * @param sites asked at every login
     * @param engines makes the MySQL side of a site when it is opened
     */
    public LitewireServer(
            DatabaseConfig config,
            Path nativeDirectory,
            SiteLogins sites,
            SiteEngine.Factory engines,
            LitewireMeter meter) {
        this(config, nativeDirectory, sites, engines, meter, _ -> Optional.empty());
    }

    /** @param replicas asked when a site's database is opened */
    public LitewireServer(
            DatabaseConfig config,
            Path nativeDirectory,
            SiteLogins sites,
            SiteEngine.Factory engines,
            LitewireMeter meter,
            Replicas replicas) {
        this.config = config;
        this.replicas = replicas;
        this.sites = sites;
        this.engines = engines;
        this.meter = new CountingMeter(meter);
        this.slowLog = new SlowLog(new SlowLog.Settings(
                config.analysis().slowQueryThreshold().toNanos(),
                config.analysis().autoExplain(),
                config.analysis().logLiterals()));
        this.library = SqliteLibrary.load(nativeDirectory);
        this.connections = new Connections(config.maxConnections(), new ServerLogins(), limits(config), this.meter);
    }

    private static Conversation.Limits limits(DatabaseConfig config) {
        return new Conversation.Limits(
                GREETING, config.limits().maxPacketSize().bytes(), LONGEST_HANDSHAKE, LONGEST_WRITE);
    }

    /** Begins to listen. Throws {@link LitewireException} when an address cannot be had. */
    public synchronized void start() {
        try {
            listeners.add(Listener.tcp(config.mysqlListen(), connections));
            config.socket().ifPresent(path -> listeners.add(Listener.unix(path, connections)));
        } catch (LitewireException e) {
            close();
            throw e;
        }
        listeners.forEach(Listener::start);
        var _ = watch.scheduleWithFixedDelay(this::look, WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The TCP port in use, which the system may have chosen. */
    public synchronized int port() {
        return listeners.stream()
                .mapToInt(Listener::port)
                .filter(port -> port > 0)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the server does not listen"));
    }

    private void look() {
        try {
            connections.closeLate();
            databases
                    .values()
                    .forEach(database ->
                            database.rest(IDLE_FILES, config.limits().maxTransactionTime()));
            for (Path file : List.copyOf(databases.keySet())) {
                databases.computeIfPresent(file, this::forgetIfUnused);
            }
        } catch (RuntimeException e) {
            log.error("looking after database connections failed", e);
        }
    }

    @SuppressWarnings("NullAway") // Null is how a map is told to forget.
    private SiteDatabase forgetIfUnused(Path file, SiteDatabase database) {
        if (!database.unused(FORGOTTEN)) {
            return database;
        }
        SiteStatistics counted = statistics.get(file);
        if (counted != null) {
            counted.rest();
        }
        database.close();
        return null;
    }

    /** Disconnects a site that is gone and closes its files. */
    public void closeSite(Path databaseFile) {
        SiteDatabase database = databases.remove(databaseFile);
        if (database != null) {
            database.close();
        }
        SiteStatistics counted = statistics.remove(databaseFile);
        if (counted != null) {
            meter.siteClosed(counted);
        }
    }

    /** What is known of the statements of this node's sites. */
    public QueryStatistics statistics() {
        return new ServerStatistics();
    }

    /** Stops listening, disconnects everybody, rolls back what was open and closes all files. */
    @Override
    public synchronized void close() {
        listeners.forEach(Listener::close);
        listeners.clear();
        watch.shutdownNow();
        databases.values().forEach(SiteDatabase::close);
        connections.close();
        databases.values().forEach(SiteDatabase::close);
        databases.clear();
        slowLog.close();
        timer.close();
    }

    private final class ServerLogins implements Logins {
        @Override
        public void refused() {
            meter.loginRefused();
        }

        @Override
        public Optional<SiteAccount> find(String user) {
            return sites.find(user).map(SiteAccount::new);
        }

        @Override
        public String statistics() {
            long seconds = Math.max(1, (System.nanoTime() - startNanos) / 1_000_000_000);
            return "Uptime: %d  Threads: %d  Questions: %d  Slow queries: %d  Opens: %d  Open tables: 0  Queries per second avg: %.3f"
                    .formatted(
                            seconds,
                            connections.count(),
                            meter.statements(),
                            statistics.values().stream()
                                    .mapToLong(SiteStatistics::slow)
                                    .sum(),
                            databases.size(),
                            meter.statements() / (double) seconds);
        }
    }

    private final class ServerStatistics implements QueryStatistics {
        @Override
        public List<SiteStatistics> sites() {
            return statistics.values().stream()
                    .sorted(Comparator.comparing(SiteStatistics::site))
                    .toList();
        }

        @Override
        public List<Digest> top(String site, int count) {
            return statistics.values().stream()
                    .filter(counted -> counted.site().equals(site))
                    .findFirst()
                    .map(counted -> counted.top(count))
                    .orElse(List.of());
        }

        @Override
        public List<SlowStatement> slow(String site) {
            return slowLog.last(site);
        }
    }

    private final class SiteAccount implements Logins.Login {
        private final SiteLogin login;

        SiteAccount(SiteLogin login) {
            this.login = login;
        }

        @Override
        public PasswordVerifier password() {
            return login.password();
        }

        @Override
        public ServerSession open(Logins.Client client) {
            List<ServerSession> opened = new ArrayList<>(1);
            databases.compute(login.databaseFile(), (_, known) -> {
                SiteDatabase database = known == null ? create(login) : known;
                opened.add(database.open(client));
                return database;
            });
            return opened.getFirst();
        }
    }

    /** System variables that show what is configured. */
    private Map<String, Supplier<String>> variables() {
        DatabaseLimits limits = config.limits();
        return Map.of(
                "max_allowed_packet",
                () -> Long.toString(limits.maxPacketSize().bytes()),
                "max_connections",
                () -> Integer.toString(config.maxConnections()),
                "max_user_connections",
                () -> Integer.toString(config.maxConnectionsPerSite()),
                "interactive_timeout",
                () -> Long.toString(limits.waitTimeout().toSeconds()),
                "long_query_time",
                () -> String.format(
                        Locale.ROOT,
                        "%.6f",
                        config.analysis().slowQueryThreshold().toNanos() / 1e9));
    }

    private SiteDatabase create(SiteLogin login) {
        LocalDatabase.Settings settings = new LocalDatabase.Settings(
                config.synchronous(),
                new SessionLimits.Defaults(
                        config.busyTimeout(),
                        config.limits().maxStatementTime(),
                        config.limits().waitTimeout()),
                config.maxConnectionsPerSite(),
                variables(),
                meter,
                slowLog,
                timer);
        SiteStatistics counted = statistics.computeIfAbsent(login.databaseFile(), _ -> {
            SiteStatistics created =
                    new SiteStatistics(login.site(), config.analysis().queryStats());
            meter.siteOpened(created);
            return created;
        });
        return replicas.of(login.site())
                .map(file -> LocalDatabase.replicated(login, settings, file, library, engines.create(), counted))
                .orElseGet(() -> new LocalDatabase(login, settings, library, engines.create(), counted));
    }
}
