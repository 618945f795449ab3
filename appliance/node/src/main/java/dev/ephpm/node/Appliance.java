package dev.ephpm.node;

import dev.ephpm.admin.NodeApi;
import dev.ephpm.config.ApplianceConfig;
import dev.ephpm.config.HostAndPort;
import dev.ephpm.config.LoadedConfig;
import dev.ephpm.config.Secret;
import dev.ephpm.http.HttpFrontend;
import dev.ephpm.observe.Metrics;
import dev.ephpm.observe.ProcessMeters;
import dev.ephpm.phpbridge.EmbeddedPhp;
import dev.ephpm.phpbridge.ForkedPhp;
import dev.ephpm.phpbridge.PhpEngine;
import dev.ephpm.phpbridge.PhpException;
import dev.ephpm.sites.DirectorySites;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition root: everything that runs on a node, started in the order of the code and closed in reverse. */
final class Appliance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Appliance.class);
    private static final int TOKEN_BYTES = 32;
    private static final int WORKER_THREADS = 4;
    private static final int LEAST_EVENT_LOOPS = 2;
    /** For scripts that go on after their response when the node stops. */
    private static final Duration LAST_SCRIPTS = Duration.ofSeconds(2);

    private final Closing closing = new Closing();
    private final Reload reload;
    private RunFile addresses = new RunFile(0, 0, 0, 0);

    private Appliance(LoadedConfig config, Supplier<LoadedConfig> source, int verbosity) {
        this.reload = new Reload(config, source, verbosity);
    }

    /**
     * Starts a node; gives it back once it serves.
     *
     * @param source reads the configuration again
     * @param watch calls for a reload when the file was edited
     * @param verbosity number of {@code -v} flags
     */
    static Appliance start(
            LoadedConfig config, Supplier<LoadedConfig> source, Optional<ConfigWatch> watch, int verbosity) {
        Appliance appliance = new Appliance(config, source, verbosity);
        try {
            appliance.start(config.appliance());
            watch.ifPresent(appliance::follow);
            return appliance;
        } catch (Throwable failure) {
            appliance.closeAfter(failure);
            throw failure;
        }
    }

    private void follow(ConfigWatch watch) {
        closing.add("the watch on the configuration", watch);
        watch.start(this::reload);
    }

    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (OperatorException e) {
            failure.addSuppressed(e);
        }
    }

    private void start(ApplianceConfig config) {
        DataDirectory data = new DataDirectory(config.node().dataDir(), PhpAccount.of(config.php()));
        closing.add("the data directory", data.claim());
        NodeSecret secret = NodeSecret.loadOrCreate(data.secretFile());
        Metrics metrics = new Metrics();
        ProcessMeters.register(metrics, Version.current());
        Vertx vertx = vertx();
        closing.add("the event loops", () -> vertx.close().await());
        DirectorySites sites =
                DirectorySites.open(config.server().sitesDir(), config.server().documentRoot(), data.path());
        closing.add("the sites", sites);
        SiteMeters.register(metrics, sites);

        PhpEngine php = php(config, data, vertx);
        closing.add("PHP", () -> php.close().await());
        PhpMeters.register(metrics, php);
        Future<Void> phpStarted = php.start();
        Optional<DatabaseServer> databases = config.db().enabled()
                ? Optional.of(startDatabases(config, data, secret, sites, metrics))
                : Optional.empty();
        Tenants tenants = new Tenants(config.php(), data, databases.map(DatabaseServer::forPhp));
        reload.onChange(changed -> tenants.configure(changed.php()));

        NodeStatus status = new NodeStatus(sites, php, reload, databases.map(DatabaseServer::statistics));
        int apiPort = startNodeApi(config, data, vertx, status, metrics);
        HttpFrontend http = new HttpFrontend(vertx, config.server(), sites, php, tenants, status, metrics);
        closing.add("the sites' listener", () -> drain(http, status));
        await(http.start(), config.server().listen(), "server.listen");
        reload.onChange(changed -> http.reload(changed.server()));
        await(phpStarted);
        status.serving();
        addresses = new RunFile(
                ProcessHandle.current().pid(),
                http.port(),
                databases.map(DatabaseServer::port).orElse(0),
                apiPort);
        addresses.write(data);
        LOG.info(
                "Ready after {} ms: {} sites on port {}, MySQL on port {}, Node API on port {}",
                sinceProcessStart().toMillis(),
                sites.snapshot().sites().size(),
                addresses.httpPort(),
                addresses.mysqlPort(),
                addresses.nodeApiPort());
    }

    private DatabaseServer startDatabases(
            ApplianceConfig config, DataDirectory data, NodeSecret secret, DirectorySites sites, Metrics metrics) {
        DatabaseServer server =
                DatabaseServer.start(config, data, secret, sites, NativeDirectory.find(), new DatabaseMeters(metrics));
        closing.add("the MySQL frontend", server);
        return server;
    }

    private static PhpEngine php(ApplianceConfig config, DataDirectory data, Vertx vertx) {
        Path run = data.run().resolve("php");
        Path natives = NativeDirectory.find();
        return switch (config.php().mode()) {
            case WORKERS -> new ForkedPhp(vertx, config.php(), run, natives, LAST_SCRIPTS);
            case EMBEDDED -> new EmbeddedPhp(vertx, config.php(), run, natives, LAST_SCRIPTS);
        };
    }

    private int startNodeApi(
            ApplianceConfig config, DataDirectory data, Vertx vertx, NodeStatus status, Metrics metrics) {
        HostAndPort listen = config.nodeApi().listen();
        NodeApi api = new NodeApi(vertx, listen, token(config, data), status, metrics);
        closing.add("the Node API", () -> api.close().await());
        return await(api.start(), listen, "node_api.listen");
    }

    private void drain(HttpFrontend http, NodeStatus status) {
        status.stopping();
        http.drain(reload.config().server().gracefulShutdownTimeout()).await();
    }

    RunFile addresses() {
        return addresses;
    }

    void reload() {
        reload.run();
    }

    @Override
    public void close() {
        closing.close();
    }

    private static void await(Future<Void> phpStarted) {
        try {
            phpStarted.await();
        } catch (PhpException e) {
            throw new OperatorException(String.valueOf(e.getMessage()), e);
        }
    }

    /** {@code Future.await} throws whatever the future failed with, checked exceptions too. */
    private static <T> T await(Future<T> listening, HostAndPort address, String key) {
        try {
            return listening.await();
        } catch (Exception e) {
            throw Listening.refusal(address, key, e);
        }
    }

    private static Vertx vertx() {
        VertxOptions options = new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(
                        Math.max(LEAST_EVENT_LOOPS, Runtime.getRuntime().availableProcessors()))
                .setWorkerPoolSize(WORKER_THREADS)
                .setInternalBlockingPoolSize(WORKER_THREADS)
                .setDisableTCCL(true)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false));
        return Vertx.vertx(options);
    }

    private static Secret token(ApplianceConfig config, DataDirectory data) {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        Secret token = config.nodeApi()
                .secret()
                .orElseGet(() -> new Secret(HexFormat.of().formatHex(random)));
        PrivateFile.write(data.nodeApiTokenFile(), (token.value() + "\n").getBytes(StandardCharsets.US_ASCII));
        return token;
    }

    private static Duration sinceProcessStart() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(Duration.ZERO);
    }
}
