package dev.ephpm.http;

import dev.ephpm.config.DataSize;
import dev.ephpm.config.ServerConfig;
import dev.ephpm.observe.Metrics;
import dev.ephpm.phpbridge.PhpTenant;
import dev.ephpm.sites.Site;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A running front end over a temporary site {@code a.test}, with PHP played by {@link FakePhp}. */
final class TestServer implements AutoCloseable {
    final FakePhp php = new FakePhp();
    final FakeSites sites = new FakeSites();
    final Metrics metrics = new Metrics();
    final AtomicReference<Optional<String>> obstacle = new AtomicReference<>(Optional.empty());
    final Path root;
    final HttpFrontend frontend;
    private final Vertx vertx;

    TestServer(ServerConfig config, Path directory) {
        root = directory.resolve("a.test");
        create(root);
        sites.put("a.test", root);
        vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setMaxEventLoopExecuteTime(200)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS));
        frontend = new HttpFrontend(vertx, config, sites, php, TestServer::tenant, obstacle::get, metrics);
        Async.await(frontend.start());
    }

    static PhpTenant tenant(Site site) {
        return new PhpTenant(
                site.name(),
                site.directory(),
                site.documentRoot(),
                site.directory(),
                site.directory(),
                List.of(),
                new DataSize(1 << 20),
                Duration.ofSeconds(30),
                List.of(),
                Map.of(),
                site.directory());
    }

    static void create(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    Path file(String path, byte[] content) {
        return write(root.resolve(path), content);
    }

    static Path write(Path file, byte[] content) {
        create(Objects.requireNonNull(file.getParent()));
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isNative() {
        return vertx.isNativeTransportEnabled();
    }

    int port() {
        return frontend.port();
    }

    Wire connect() {
        return new Wire(port());
    }

    /** One request on a connection of its own. */
    Answer get(String target, String... headers) {
        return request("GET", target, headers);
    }

    Answer request(String method, String target, String... headers) {
        try (Wire wire = connect()) {
            StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: a.test\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            return wire.send(head + "Connection: close\r\n\r\n").answer(method.equals("HEAD"));
        }
    }

    @Override
    public void close() {
        Async.await(frontend.drain(Duration.ofMillis(100)));
        Async.await(vertx.close());
    }
}
