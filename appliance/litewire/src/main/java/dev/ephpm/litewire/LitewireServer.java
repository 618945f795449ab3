package dev.ephpm.litewire;

import dev.ephpm.config.DatabaseConfig;
import dev.ephpm.litewire.protocol.Conversation;
import dev.ephpm.litewire.protocol.Logins;
import dev.ephpm.litewire.protocol.PasswordVerifier;
import dev.ephpm.litewire.protocol.ServerSession;
import dev.ephpm.litewire.sqlite.SqliteLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
    private static final long LARGEST_PACKET = 64L * 1024 * 1024;
    private static final Duration WATCH = Duration.ofSeconds(1);
    private static final Duration IDLE_FILES = Duration.ofSeconds(30);
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);
    private static final Duration LONGEST_WRITE_TRANSACTION = Duration.ofMinutes(5);

    // Clients that know MariaDB take the 5.5.5- off; the others would think a MariaDB 10 to be a MySQL 10.
    private static final Conversation.Limits LIMITS = new Conversation.Limits(
            "5.5.5-" + VERSION, LARGEST_PACKET, Duration.ofSeconds(10), Duration.ofHours(8), Duration.ofSeconds(60));

    private final DatabaseConfig config;
    private final SiteLogins sites;
    private final SiteEngine.Factory engines;
    private final CountingMeter meter;
    private final SqliteLibrary library;
    private final Map<Path, SiteDatabase> databases = new ConcurrentHashMap<>();
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
        this.config = config;
        this.sites = sites;
        this.engines = engines;
        this.meter = new CountingMeter(meter);
        this.library = SqliteLibrary.load(nativeDirectory);
        this.connections = new Connections(config.maxConnections(), new ServerLogins(), LIMITS, this.meter);
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
            databases.values().forEach(database -> database.rest(IDLE_FILES, LONGEST_WRITE_TRANSACTION));
            for (Path file : List.copyOf(databases.keySet())) {
                databases.computeIfPresent(file, (_, database) -> forgetIfUnused(database));
            }
        } catch (RuntimeException e) {
            log.error("looking after database connections failed", e);
        }
    }

    @SuppressWarnings("NullAway") // Null is how a map is told to forget.
    private static SiteDatabase forgetIfUnused(SiteDatabase database) {
        if (!database.unused(FORGOTTEN)) {
            return database;
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
            return "Uptime: %d  Threads: %d  Questions: %d  Slow queries: 0  Opens: %d  Open tables: 0  Queries per second avg: %.3f"
                    .formatted(
                            seconds,
                            connections.count(),
                            meter.statements(),
                            databases.size(),
                            meter.statements() / (double) seconds);
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

    private SiteDatabase create(SiteLogin login) {
        LocalDatabase.Settings settings = new LocalDatabase.Settings(
                config.synchronous(), config.busyTimeout(), config.maxConnectionsPerSite(), meter);
        return new LocalDatabase(login, settings, library, engines.create());
    }
}
