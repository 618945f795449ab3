package dev.ephpm.litewire.dialect;

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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real sqld with our extension, as {@code .ci/setup test} fetches it; asked over HTTP. */
public final class Sqld implements AutoCloseable {
    private static final Path PROGRAM =
            Path.of("../../build/sqld/sqld").toAbsolutePath().normalize();
    private static final String EXTENSION = "litewire-sqld.so";
    private static final Duration START = Duration.ofSeconds(30);
    private static final Pattern MESSAGE = Pattern.compile("\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern VALUE =
            Pattern.compile("\"rows\":\\[\\[\\{\"type\":\"text\",\"value\":\"([0-9A-F]*)\"");

    /** Not HTTP/2: sqld takes the offer to upgrade and then says nothing. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final URI address;
    private final Path data;

    public Sqld(Path directory) throws IOException, InterruptedException {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException(PROGRAM + " is missing: run 'make setup'");
        }
        int port = freePort();
        data = directory.resolve("data/dbs/default/data");
        address = URI.create("http://127.0.0.1:" + port);
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-d",
                        directory.resolve("data").toString(),
                        "--no-welcome",
                        "--http-listen-addr",
                        "127.0.0.1:" + port,
                        "-e",
                        extension(directory).toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sqld.log").toFile())
                .start();
        awaitStart(directory);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The directory that sqld loads extensions from: each with its checksum in a list. */
    private static Path extension(Path directory) throws IOException {
        byte[] library = Files.readAllBytes(Path.of(System.getProperty("litewire.native"), EXTENSION));
        Path extensions = Files.createDirectory(directory.resolve("extensions"));
        Files.write(extensions.resolve(EXTENSION), library);
        Files.writeString(extensions.resolve("trusted.lst"), sha256(library) + "  " + EXTENSION + "\n");
        return extensions;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitStart(Path directory) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(START);
        while (Instant.now().isBefore(end) && process.isAlive()) {
            try {
                HttpRequest health = HttpRequest.newBuilder(address.resolve("/health"))
                        .timeout(START)
                        .build();
                if (client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (ConnectException e) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        close();
        throw new IllegalStateException("sqld did not start: " + Files.readString(directory.resolve("sqld.log")));
    }

    /** The file with the data, which others may read. */
    public Path file() {
        return data;
    }

    /** Runs a statement; gives what is wrong with it. */
    Optional<String> complaint(String sql) throws IOException, InterruptedException {
        return message(pipeline("{\"type\":\"execute\",\"stmt\":{\"sql\":" + quoted(sql) + "}}"));
    }

    /** Prepares a statement; gives what is wrong with it. */
    Optional<String> complaintAtPreparation(String sql) throws IOException, InterruptedException {
        return message(pipeline("{\"type\":\"describe\",\"sql\":" + quoted(sql) + "}"));
    }

    private static Optional<String> message(String answer) {
        Matcher matcher = MESSAGE.matcher(answer);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Runs a query whose only value is text in hexadecimal; gives the text. */
    String text(String sql) throws IOException, InterruptedException {
        String answer = pipeline("{\"type\":\"execute\",\"stmt\":{\"sql\":" + quoted(sql) + "}}");
        Matcher matcher = VALUE.matcher(answer);
        if (!matcher.find()) {
            throw new IllegalStateException(sql + ": " + answer);
        }
        return new String(HexFormat.of().parseHex(matcher.group(1)), StandardCharsets.UTF_8);
    }

    /** What our extension brought and SQLite has not. */
    Set<String> functions() throws IOException, InterruptedException {
        return Set.of(text("SELECT hex(group_concat(DISTINCT name)) FROM pragma_function_list"
                        + " WHERE name LIKE 'mysql\\_%' ESCAPE '\\'")
                .split(",", -1));
    }

    private String pipeline(String request) throws IOException, InterruptedException {
        return post("{\"requests\":[" + request + ",{\"type\":\"close\"}]}");
    }

    /** Sends a pipeline; gives the answer. */
    String post(String body) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(address.resolve("/v3/pipeline"))
                .timeout(START)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(post, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
