package dev.ephpm.phpbridge;

import dev.ephpm.config.DataSize;
import dev.ephpm.config.IniSetting;
import dev.ephpm.config.PhpConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A site on disk, one engine that serves it for all tests of a class, and a client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PhpEngineFixture {
    static final Path NATIVE = Path.of("target/native").toAbsolutePath();
    static final Duration PATIENCE = Duration.ofSeconds(20);

    Vertx vertx;
    Path home;
    PhpEngine engine;
    PhpTenant site;

    /** A whole response. */
    record Answer(int status, List<Map.Entry<String, String>> headers, Buffer body, long length, PhpOutcome outcome) {
        String text() {
            return body.toString(StandardCharsets.UTF_8);
        }

        @Nullable
        String header(String name) {
            return headers.stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }

        List<String> all(String name) {
            return headers.stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    abstract PhpEngine engine(PhpConfig config);

    PhpConfig config() {
        return config(2, 10_000);
    }

    static PhpConfig config(int workers, int maxRequests) {
        return new PhpConfig(
                PhpConfig.Mode.WORKERS,
                workers,
                maxRequests,
                DataSize.ofMebibytes(256),
                Duration.ofSeconds(30),
                DataSize.ofMebibytes(128),
                256,
                64,
                Duration.ofSeconds(10),
                "www-data",
                Optional.empty(),
                List.of(),
                Map.of(),
                List.of(),
                Optional.empty());
    }

    @BeforeAll
    void start() throws IOException {
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        home = Files.createTempDirectory("ephpm");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        site = tenant("a.test", Duration.ofSeconds(30), List.of());
        engine = engine(config());
        await(engine.start());
    }

    @AfterAll
    void stop() throws IOException {
        await(engine.close());
        await(vertx.close());
        try (var files = Files.walk(home)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    PhpTenant tenant(String name, Duration limit, List<IniSetting> ini) {
        Path directory = home.resolve("sites").resolve(name);
        Path temporary = shared(home.resolve("data").resolve(name).resolve("tmp"));
        Path sessions = shared(home.resolve("data").resolve(name).resolve("sessions"));
        Path log = shared(home.resolve("data").resolve(name).resolve("log"));
        shared(directory);
        return new PhpTenant(
                name,
                directory,
                directory,
                temporary,
                sessions,
                List.of(),
                DataSize.ofMebibytes(128),
                limit,
                ini,
                Map.of("DB_NAME", "word"),
                log.resolve("php.log"));
    }

    /** A directory PHP's user may write, whoever runs the test. */
    static Path shared(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path script(String name, String code) {
        return script(site, name, code);
    }

    static Path script(PhpTenant tenant, String name, String code) {
        try {
            Path file = tenant.documentRoot().resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            return Files.writeString(file, code);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer get(String uri) {
        return get(uri, Map.of());
    }

    Answer get(String uri, Map<String, String> variables) {
        return await(exchange(request(site, "GET", uri, null, -1, variables, null)));
    }

    Answer send(String method, String uri, String contentType, String body) {
        return send(method, uri, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer send(String method, String uri, String contentType, byte[] body) {
        return await(exchange(request(
                site,
                method,
                uri,
                contentType,
                body.length,
                Map.of(),
                new ByteStream(vertx.getOrCreateContext(), body))));
    }

    static PhpRequest request(
            PhpTenant tenant,
            String method,
            String uri,
            @Nullable String contentType,
            long contentLength,
            Map<String, String> extra,
            @Nullable ReadStream<Buffer> body) {
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        String query = question < 0 ? "" : uri.substring(question + 1);
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("REQUEST_METHOD", method);
        variables.put("REQUEST_URI", uri);
        variables.put("QUERY_STRING", query);
        variables.put("SCRIPT_NAME", path);
        variables.put("SCRIPT_FILENAME", tenant.documentRoot() + path);
        variables.put("DOCUMENT_ROOT", tenant.documentRoot().toString());
        variables.putAll(extra);
        return new PhpRequest(
                tenant,
                Path.of(tenant.documentRoot() + path),
                method,
                uri,
                query,
                contentType,
                contentLength,
                extra.get("HTTP_COOKIE"),
                variables,
                body);
    }

    Answer run(String name, String code) {
        script(name, code);
        return get("/" + name);
    }

    Future<Answer> exchange(PhpRequest request) {
        return engine.execute(request).compose(PhpEngineFixture::collect);
    }

    static Future<Answer> collect(PhpResponse response) {
        Buffer body = Buffer.buffer();
        response.body().handler(body::appendBuffer);
        response.body().resume();
        return response.outcome()
                .map(outcome -> new Answer(response.status(), response.headers(), body, response.length(), outcome));
    }

    static <T> T await(Future<T> future) {
        CompletableFuture<T> stage = future.toCompletionStage().toCompletableFuture();
        try {
            return stage.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            throw new IllegalStateException("nothing within " + PATIENCE, e);
        }
    }
}
