package dev.ephpm.phpbridge;

import static java.util.Objects.requireNonNull;

import dev.ephpm.config.PhpConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The default engine: PHP worker processes that one launcher forks after it has started PHP, so that all share one OPcache.
 * A crash costs the request that caused it; see DESIGN.md.
 */
public final class ForkedPhp implements PhpEngine {
    /** For the first worker to greet; starting PHP takes about a tenth of a second. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(20);

    private static final Duration LAUNCHER_PATIENCE = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Duration closeTimeout;
    private final RunDirectory runDirectory;
    private final WorkerPool pool;
    private final WorkerEndpoint endpoint;
    private final Launcher launcher;

    /**
     * @param runDirectory where the workers' socket is made; created with mode 0700 if absent
     * @param nativeDirectory holds {@code ephpm-php} and {@code libephpm_php.so}
     * @param closeTimeout how long {@link #close} waits for running requests
     */
    public ForkedPhp(Vertx vertx, PhpConfig config, Path runDirectory, Path nativeDirectory, Duration closeTimeout) {
        this.vertx = requireNonNull(vertx, "vertx is null");
        this.closeTimeout = requireNonNull(closeTimeout, "closeTimeout is null");
        this.runDirectory = new RunDirectory(runDirectory);
        this.pool = new WorkerPool(vertx, config);
        WorkerSettings settings = WorkerSettings.of(config, this.runDirectory.socket(), WorkerSettings.count(config));
        this.launcher = new Launcher(
                nativeDirectory, config.library(), settings, token -> endpoint().accept(token), pool::failed);
        this.endpoint = new WorkerEndpoint((VertxInternal) vertx, pool, launcher);
    }

    private WorkerEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public Future<Void> start() {
        return vertx.executeBlocking(() -> {
                    runDirectory.prepare();
                    return null;
                })
                .compose(prepared -> endpoint.listen(runDirectory.socket()))
                .compose(listening -> {
                    launcher.start();
                    return firstWorker();
                });
    }

    private Future<Void> firstWorker() {
        long timer = vertx.setTimer(START_PATIENCE.toMillis(), id -> pool.failed(launcher.cannotStart()));
        return pool.ready().onComplete(ready -> vertx.cancelTimer(timer));
    }

    @Override
    public Future<PhpResponse> execute(PhpRequest request) {
        return pool.execute(request);
    }

    @Override
    public Future<Integer> invalidate(Path documentRoot) {
        return pool.invalidate(documentRoot);
    }

    @Override
    public Future<List<String>> compile(PhpTenant tenant, List<Path> files) {
        return pool.compile(tenant, files);
    }

    @Override
    public PhpStatus status() {
        return pool.status();
    }

    @Override
    public Future<Void> close() {
        return pool.drain(closeTimeout)
                .eventually(() -> vertx.executeBlocking(() -> {
                    launcher.close(LAUNCHER_PATIENCE);
                    endpoint.close();
                    runDirectory.clear();
                    return null;
                }));
    }
}
