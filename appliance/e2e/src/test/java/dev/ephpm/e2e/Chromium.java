package dev.ephpm.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A headless Chromium driven through the DevTools protocol: open a page, run script in it, take a picture. */
final class Chromium implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path profile;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger nextId = new AtomicInteger(1);
    private final ConcurrentHashMap<Integer, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();

    private Chromium(Process process, Path profile, int port) {
        this.process = process;
        this.profile = profile;
        this.socket = connect(port);
    }

    /** Starts a browser for which every host is this machine's port. */
    static Chromium start(int webPort) {
        try {
            Path profile = Files.createTempDirectory("ephpm-chromium-");
            int port = Ports.free();
            Process process = new ProcessBuilder(List.of(
                            "chromium",
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--hide-scrollbars",
                            "--window-size=1280,1000",
                            "--remote-debugging-port=" + port,
                            "--user-data-dir=" + profile,
                            "--host-resolver-rules=MAP *:80 127.0.0.1:" + webPort,
                            "about:blank"))
                    .redirectErrorStream(true)
                    .redirectOutput(profile.resolve("log").toFile())
                    .start();
            return new Chromium(process, profile, port);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start chromium", e);
        }
    }

    /** Opens an address and waits until the page is loaded. */
    void open(String address) {
        command("Page.navigate", "{\"url\":\"" + address + "\"}");
        awaitLoaded(address);
    }

    /** Runs script in the page; the value of the expression as JSON. */
    String evaluate(String script) {
        String quoted = '"' + script.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        return command("Runtime.evaluate", "{\"returnByValue\":true,\"expression\":" + quoted + "}");
    }

    /** Waits until the page at an address containing a text is loaded. */
    void awaitLoaded(String address) {
        Eventually.within(
                PATIENCE,
                address + " is loaded",
                () -> evaluate("document.readyState === 'complete' && location.href")
                        .contains(address));
    }

    void screenshot(Path file) {
        String answer = command("Page.captureScreenshot", "{\"format\":\"png\"}");
        try {
            Files.write(file, Base64.getDecoder().decode(Visitor.find(answer, "\"data\":\"([^\"]+)\"")));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        client.close();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Command.of("rm", "-rf", profile.toString()).run();
    }

    private String command(String method, String parameters) {
        int id = nextId.getAndIncrement();
        CompletableFuture<String> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true)
                .join();
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private WebSocket connect(int port) {
        String[] address = new String[1];
        Eventually.within(PATIENCE, "chromium opens its debugging port", () -> {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            address[0] = Visitor.find(response.body(), "\"webSocketDebuggerUrl\":\\s*\"([^\"]*/page/[^\"]*)\"");
            return true;
        });
        return client.newWebSocketBuilder()
                .buildAsync(URI.create(address[0]), new Answers())
                .join();
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String message = text.toString();
                text.setLength(0);
                java.util.regex.Matcher id =
                        java.util.regex.Pattern.compile("^\\{\"id\":(\\d+)").matcher(message);
                if (id.find()) {
                    CompletableFuture<String> answer = waiting.remove(Integer.parseInt(id.group(1)));
                    if (answer != null) {
                        answer.complete(message);
                    }
                }
            }
            webSocket.request(1);
            return null;
        }
    }
}
