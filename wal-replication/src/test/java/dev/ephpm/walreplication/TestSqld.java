package dev.ephpm.walreplication;

import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A real sqld as a child process, as {@code .ci/setup test} fetches it; a primary, or the replica of one. */
final class TestSqld implements SqldControl, AutoCloseable {
    private static final Path PROGRAM =
            Path.of("../build/sqld/sqld").toAbsolutePath().normalize();
    private static final long START_NANOS = Duration.ofSeconds(20).toNanos();
    private static final Pattern INDEX = Pattern.compile("\"replication_index\":\"(\\d+)\"");
    private static final Pattern VALUE =
            Pattern.compile("\"rows\":\\[\\[\\{\"type\":\"[a-z]+\",\"value\":\"?([^\"}]*)");

    /** Not HTTP/2: sqld takes the offer to upgrade and then says nothing. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path directory;
    private final List<String> command;
    private final int httpPort;
    private final int adminPort;
    private final int grpcPort;
    private @Nullable Process process;

    private TestSqld(Path directory, PeerCredentials credentials, int grpcPort, boolean primary) throws IOException {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException(PROGRAM + " is missing: run 'make setup'");
        }
        this.directory = Files.createDirectories(directory);
        this.grpcPort = grpcPort;
        httpPort = freePort();
        adminPort = freePort();
        command = new ArrayList<>(List.of(PROGRAM.toString(), "-d", directory.toString(), "--no-welcome"));
        command.addAll(List.of("--enable-namespaces", "--disable-default-namespace"));
        command.addAll(List.of("--http-listen-addr", "127.0.0.1:" + httpPort));
        command.addAll(List.of("--admin-listen-addr", "127.0.0.1:" + adminPort));
        String prefix = primary ? "--grpc" : "--primary-grpc";
        command.addAll(
                primary
                        ? List.of("--grpc-listen-addr", "127.0.0.1:" + grpcPort)
                        : List.of("--primary-grpc-url", "https://127.0.0.1:" + grpcPort));
        command.addAll(List.of(
                prefix + "-tls",
                prefix + "-cert-file",
                credentials.certificate().toString()));
        command.addAll(List.of(prefix + "-key-file", credentials.key().toString()));
        command.addAll(List.of(prefix + "-ca-cert-file", credentials.authority().toString()));
    }

    static TestSqld primary(Path directory, PeerCredentials server) throws IOException, InterruptedException {
        return new TestSqld(directory, server, freePort(), true).start();
    }

    static TestSqld replica(Path directory, PeerCredentials client, int primaryGrpcPort)
            throws IOException, InterruptedException {
        return new TestSqld(directory, client, primaryGrpcPort, false).start();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int grpcPort() {
        return grpcPort;
    }

    @Override
    public Path directory(SiteName site) {
        return directory.resolve("dbs").resolve(site.value());
    }

    LogFiles files(SiteName site) {
        return new LogFiles(directory(site));
    }

    TestSqld start() throws IOException, InterruptedException {
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("sqld.log").toFile()))
                .start();
        process = started;
        long end = System.nanoTime() + START_NANOS;
        while (System.nanoTime() < end && started.isAlive()) {
            if (isHealthy()) {
                return this;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        throw new IllegalStateException("sqld did not start: " + Files.readString(directory.resolve("sqld.log")));
    }

    private boolean isHealthy() throws IOException, InterruptedException {
        try {
            return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/health")))
                            .statusCode()
                    == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    @Override
    public void create(SiteName site) {
        admin("POST", site + "/create", "{}", 400);
    }

    @Override
    public void delete(SiteName site) {
        admin("DELETE", site.value(), "", 404);
    }

    @Override
    public void blockWrites(SiteName site, boolean blocked) {
        admin("POST", site + "/config", "{\"block_reads\":false,\"block_writes\":" + blocked + "}", 404);
    }

    @Override
    public void touch(SiteName site) {
        admin("GET", site + "/stats", "", 200);
    }

    /** @param harmless a status that says that there was nothing to do */
    private void admin(String method, String path, String body, int harmless) {
        try {
            HttpResponse<String> answer =
                    send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/v1/namespaces/" + path))
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body)));
            if (answer.statusCode() / 100 != 2 && answer.statusCode() != harmless) {
                throw new ReplicationException(
                        ReplicationException.Code.PROTOCOL,
                        method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException | InterruptedException e) {
            throw new ReplicationException(ReplicationException.Code.UNREACHABLE, method + " " + path, e);
        }
    }

    /** Runs a statement that writes; gives the frame of its commit. */
    long write(SiteName site, String sql) throws IOException, InterruptedException {
        return Long.parseLong(find(INDEX, site, sql));
    }

    /** The only value of a query. */
    String value(SiteName site, String sql) throws IOException, InterruptedException {
        return find(VALUE, site, sql);
    }

    private String find(Pattern pattern, SiteName site, String sql) throws IOException, InterruptedException {
        String statement = "{\"type\":\"execute\",\"stmt\":{\"sql\":\"" + sql + "\"}}";
        String name =
                Base64.getEncoder().withoutPadding().encodeToString(site.value().getBytes(StandardCharsets.UTF_8));
        String answer = send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/v2/pipeline"))
                        .header("x-namespace-bin", name)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"requests\":[" + statement + ",{\"type\":\"close\"}]}")))
                .body();
        Matcher matcher = pattern.matcher(answer);
        if (!matcher.find()) {
            throw new IOException(sql + ": " + answer);
        }
        return matcher.group(1);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Waits until the site's replica here has reached the frame of any log. */
    Position awaitFrame(SiteName site, long frame) throws InterruptedException {
        LogFiles files = files(site);
        long end = System.nanoTime() + START_NANOS;
        while (System.nanoTime() < end) {
            Position position = files.replicaPosition().orElse(null);
            if (position != null && position.frame() >= frame) {
                return position;
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        throw new IllegalStateException(site + " did not reach frame " + frame + " but " + files.replicaPosition());
    }

    /** Sends a signal, such as STOP, CONT, KILL. */
    void signal(String name) throws IOException, InterruptedException {
        Process running = process;
        if (running == null
                || new ProcessBuilder("kill", "-" + name, Long.toString(running.pid()))
                                .start()
                                .waitFor()
                        != 0) {
            throw new IllegalStateException("sqld is not there");
        }
    }

    /** SIGKILL, and waits for its end; SIGKILL cannot be refused. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    /** SIGTERM. */
    void stop() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(10, TimeUnit.SECONDS)) {
                kill();
            }
        }
    }

    @Override
    public void close() {
        kill();
        client.close();
    }
}
