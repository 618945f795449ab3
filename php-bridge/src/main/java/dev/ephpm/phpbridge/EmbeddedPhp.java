package dev.ephpm.phpbridge;

import static java.util.Objects.requireNonNull;

import dev.ephpm.config.IniSetting;
import dev.ephpm.config.PhpConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * PHP inside this process, on one thread, through JNA: for development or a single trusted site. A crash of PHP or of one of
 * its extensions ends the appliance, requests run one at a time, and a script that sleeps cannot be ended; see DESIGN.md.
 * PHP can be started once in a process; a second engine reuses what the first has started.
 */
public final class EmbeddedPhp implements PhpEngine {
    private static final Duration THREAD_PATIENCE = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Duration closeTimeout;
    private final RunDirectory runDirectory;
    private final WorkerPool pool;
    private final WorkerEndpoint endpoint;
    private final PhpThread thread;

    /** The same parameters as {@link ForkedPhp}'s. */
    public EmbeddedPhp(Vertx vertx, PhpConfig config, Path runDirectory, Path nativeDirectory, Duration closeTimeout) {
        this.vertx = requireNonNull(vertx, "vertx is null");
        this.closeTimeout = requireNonNull(closeTimeout, "closeTimeout is null");
        this.runDirectory = new RunDirectory(runDirectory);
        this.pool = new WorkerPool(vertx, config);
        this.thread = new PhpThread(
                new PhpLibrary(nativeDirectory, config.library()),
                settings(config, this.runDirectory.socket()),
                token -> endpoint().accept(token),
                pool::failed);
        this.endpoint = new WorkerEndpoint((VertxInternal) vertx, pool, thread);
    }

    /** On top of what every engine sets: nothing may count or interrupt the CPU time of the whole process. */
    private static WorkerSettings settings(PhpConfig config, Path socket) {
        WorkerSettings common = WorkerSettings.of(config, socket, 1);
        List<IniSetting> ini = new ArrayList<>(common.ini());
        ini.add(new IniSetting("max_execution_time", "0"));
        ini.add(new IniSetting("max_input_time", "-1"));
        ini.add(new IniSetting("hard_timeout", "0"));
        return common.with(ini);
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
                    thread.start();
                    return pool.ready();
                });
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
                    thread.close();
                    endpoint.close();
                    pool.disconnect();
                    thread.join(THREAD_PATIENCE);
                    runDirectory.clear();
                    return null;
                }));
    }
}
