package dev.ephpm.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The built distribution running as a child process on free ports in a directory of its own. As a JUnit extension it
 * lives as long as the test class; otherwise use it in a try statement. Stopping it is a check of its own: SIGTERM must
 * end it with exit code 0 and leave no process behind.
 */
final class Appliance implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> RUNNING.forEach(Appliance::kill)));
    }

    private final Workplace workplace = new Workplace();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, Database> databases = new ConcurrentHashMap<>();
    private List<String> prefix = List.of();
    private @Nullable Process process;
    private Duration readyAfter = Duration.ZERO;

    /** Sets a key of {@code ephpm.toml} by its dotted name. */
    Appliance set(String key, Object value) {
        workplace.set(key, value);
        return this;
    }

    Appliance environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs the appliance under another program, such as {@code prlimit}. */
    Appliance under(String... command) {
        prefix = List.of(command);
        return this;
    }

    Appliance site(String domain, Consumer<SiteFiles> content) {
        content.accept(new SiteFiles(workplace.sites().resolve(domain)));
        return this;
    }

    /** The site for hosts that have no directory. */
    Appliance fallbackSite(Consumer<SiteFiles> content) {
        Path directory = workplace.directory().resolve("fallback");
        content.accept(new SiteFiles(directory));
        return set("server.document_root", directory.toString());
    }

    /** Starts and waits until {@code /_ephpm/ready} says 200. */
    Appliance start() {
        long begin = System.nanoTime();
        Process started = launch();
        try {
            Eventually.within(
                    READY_LIMIT, "the appliance is ready", () -> !started.isAlive() || status("/_ephpm/ready") == 200);
        } catch (AssertionError e) {
            throw new AssertionError("The appliance did not become ready. Its log:\n" + log(), e);
        }
        if (!started.isAlive()) {
            throw new AssertionError(
                    "The appliance ended with exit code " + started.exitValue() + ". Its log:\n" + log());
        }
        readyAfter = Duration.ofNanos(System.nanoTime() - begin);
        return this;
    }

    /** Starts without waiting for anything. */
    Process launch() {
        workplace.writeConfig();
        ProcessBuilder builder = new ProcessBuilder(concat(
                prefix,
                List.of(
                        Distribution.program().toString(),
                        "serve",
                        "-c",
                        workplace.configFile().toString())));
        builder.directory(workplace.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(workplace.log().toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("EPHPM_"));
        builder.environment().putAll(environment);
        try {
            Process started = builder.start();
            process = started;
            RUNNING.add(started);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start the appliance", e);
        }
    }

    Duration readyAfter() {
        return readyAfter;
    }

    int port() {
        return workplace.port("server.listen");
    }

    int mysqlPort() {
        return workplace.port("db.sqlite.proxy.mysql_listen");
    }

    int nodeApiPort() {
        return workplace.port("node_api.listen");
    }

    Path directory() {
        return workplace.directory();
    }

    Path sites() {
        return workplace.sites();
    }

    Path siteDirectory(String domain) {
        return workplace.sites().resolve(domain);
    }

    Path data() {
        return workplace.data();
    }

    Path configFile() {
        return workplace.configFile();
    }

    void rewriteConfig() {
        workplace.writeConfig();
    }

    String log() {
        return workplace.logText();
    }

    Process process() {
        if (process == null) {
            throw new AssertionError("the appliance was not started");
        }
        return process;
    }

    Wire connect() {
        return Wire.to(port());
    }

    Answer send(Call call) {
        try (Wire wire = connect()) {
            return wire.call(call.header("Connection", "close"));
        }
    }

    Answer get(String host, String target) {
        return send(Call.get(host, target));
    }

    /** The body of a page that must answer 200. */
    String page(String host, String target) {
        return get(host, target).expect(200).text();
    }

    /** The response to raw bytes on a fresh connection. */
    Answer raw(String latin1) {
        try (Wire wire = connect()) {
            return wire.send(latin1).answer();
        }
    }

    /** The lines of {@code /metrics} on the Node API. */
    String metrics() {
        return nodeApi("/metrics").expect(200).text();
    }

    /** The sum of all samples of a metric whose labels contain every given text. */
    double metric(String name, String... labels) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    Answer nodeApi(String target) {
        try (Wire wire = Wire.to(nodeApiPort())) {
            return wire.call(Call.get("127.0.0.1:" + nodeApiPort(), target)
                    .header("Authorization", "Bearer " + nodeApiToken())
                    .header("Connection", "close"));
        }
    }

    String nodeApiToken() {
        try {
            return Files.readString(data().resolve("node-api.token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The node wrote no Node API token", e);
        }
    }

    /** Runs an {@code ephpm} command with this appliance's configuration. */
    Command command(String name, String... arguments) {
        List<String> subcommands =
                name.equals("php") ? List.of() : List.of(arguments).subList(0, 1);
        List<String> rest = List.of(arguments).subList(subcommands.size(), arguments.length);
        List<String> line = concat(
                concat(List.of(name), subcommands), List.of("-c", configFile().toString()));
        Command command = Distribution.command(concat(line, rest).toArray(String[]::new));
        environment.forEach(command::with);
        return command.in(directory());
    }

    /** What {@code ephpm site show} says about a site's database. */
    Database database(String domain) {
        return databases.computeIfAbsent(
                domain,
                name -> Database.parse(command("site", "show", name, "--json")
                        .run()
                        .expectSuccess()
                        .output()));
    }

    /** The PHP worker processes and their launcher: every descendant, whatever its depth. */
    List<ProcessHandle> descendants() {
        return process().descendants().toList();
    }

    /** The process that forks the PHP workers: the one child with children of its own. */
    ProcessHandle phpLauncher() {
        return process()
                .children()
                .filter(child -> child.children().findAny().isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError("the appliance has no PHP launcher with workers"));
    }

    /** Summed proportional set size of the appliance and all its descendants, in bytes. */
    long memory() {
        long kilobytes = Memory.proportionalKilobytes(process().pid());
        for (ProcessHandle child : descendants()) {
            kilobytes += Memory.proportionalKilobytes(child.pid());
        }
        return kilobytes * 1024;
    }

    void signal(String name) {
        Command.of("kill", "-" + name, String.valueOf(process().pid())).run().expectSuccess();
    }

    /** SIGKILL to the appliance alone; its children must notice by themselves. */
    void crash() {
        List<ProcessHandle> children = descendants();
        process().destroyForcibly();
        awaitExit();
        expectGone(children);
    }

    /** SIGTERM, then the exit code. */
    int stop() {
        Process running = process();
        List<ProcessHandle> children = descendants();
        running.destroy();
        awaitExit();
        expectGone(children);
        return running.exitValue();
    }

    @Override
    public void close() {
        Process running = process;
        try {
            if (running != null && running.isAlive()) {
                int exitCode = stop();
                if (exitCode != 0) {
                    throw new AssertionError(
                            "SIGTERM must end the appliance with exit code 0, got " + exitCode + "\n" + log());
                }
            }
        } finally {
            if (running != null) {
                kill(running);
                RUNNING.remove(running);
            }
            keepLog("appliance");
            workplace.delete();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        try {
            start();
        } catch (Throwable e) {
            afterAll(context);
            throw e;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        keepLog(context.getRequiredTestClass().getSimpleName());
        close();
    }

    private int status(String target) {
        try (Wire wire = connect()) {
            if (workplace.isOn("server.proxy_protocol")) {
                wire.send("PROXY UNKNOWN\r\n");
            }
            return wire.call(Call.get("localhost", target).header("Connection", "close"))
                    .status();
        } catch (UncheckedIOException notYet) {
            return 0;
        }
    }

    private void awaitExit() {
        try {
            if (!process().waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                kill(process());
                throw new AssertionError("the appliance did not end within " + STOP_LIMIT + "\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while stopping", e);
        }
    }

    private static void expectGone(List<ProcessHandle> children) {
        Eventually.within(
                Duration.ofSeconds(5),
                "no child process of the appliance is left",
                () -> children.stream().noneMatch(Appliance::runs));
    }

    /** A zombie waiting for init is gone for our purpose. */
    private static boolean runs(ProcessHandle handle) {
        try {
            return handle.isAlive()
                    && !Files.readString(Path.of("/proc", String.valueOf(handle.pid()), "stat"))
                            .contains(") Z ");
        } catch (IOException gone) {
            return false;
        }
    }

    private void keepLog(String name) {
        try {
            Path logs = Files.createDirectories(Path.of("target", "appliance-logs"));
            if (Files.exists(workplace.log())) {
                Files.copy(workplace.log(), logs.resolve(name + ".log"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep the appliance's log", e);
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
    }
}
