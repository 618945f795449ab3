package dev.ephpm.node;

import dev.ephpm.config.ConfigLoader;
import dev.ephpm.config.ConfigSources;
import dev.ephpm.config.ConfigSources.Flag;
import dev.ephpm.config.HostAndPort;
import dev.ephpm.config.LoadedConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        description = {
            "Serves one directory while you work on it, on the next free port.",
            "Its database is .ephpm/ephpm.db in that directory; delete it to start afresh."
        })
final class DevCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(DevCommand.class);
    private static final int FIRST_PORT = 8080;
    private static final int LAST_PORT = 8999;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIRECTORY",
            description = "What to serve. Default: the current directory.")
    private Path directory = Path.of(".");

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Port to serve on. Default: the next free one from 8080.")
    private @Nullable Integer port;

    @Option(
            names = {"-v", "--verbose"},
            description = "Log more; twice for everything.")
    private boolean[] verbose = {};

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    DevCommand() {}

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (!Files.isDirectory(directory)) {
            throw new OperatorException(directory + " is not a directory: name the directory to serve");
        }
        Path project = directory.toRealPath();
        int chosen = port == null ? freePort() : port;
        LoadedConfig config = config(project, chosen);
        Logging.forCommand(verbose.length);
        Signals signals = new Signals();
        try (Appliance appliance =
                Appliance.start(config, () -> config(project, chosen), Optional.empty(), verbose.length)) {
            signals.reloadWith(appliance::reload);
            greet(project, appliance.addresses());
            signals.awaitStop();
        }
        return 0;
    }

    private static LoadedConfig config(Path project, int port) {
        List<Flag> flags = new ArrayList<>();
        flags.add(new Flag("--port", "server.listen", "127.0.0.1:" + port));
        flags.add(new Flag("DIRECTORY", "server.document_root", project.toString()));
        flags.add(new Flag("dev", "node.data_dir", dataDirectory(project).toString()));
        flags.add(new Flag(
                "dev",
                "db.sqlite.path",
                databaseDirectory(project).resolve("ephpm.db").toString()));
        flags.add(new Flag("dev", "db.sqlite.proxy.mysql_listen", "127.0.0.1:0"));
        flags.add(new Flag("dev", "node_api.listen", "127.0.0.1:0"));
        return ConfigLoader.load(new ConfigSources(Optional.empty(), System.getenv(), flags));
    }

    private static int freePort() {
        for (int candidate = FIRST_PORT; candidate <= LAST_PORT; candidate++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), candidate));
                return candidate;
            } catch (IOException taken) {
                LOG.debug("Port {} is taken: {}", candidate, taken.getMessage());
            }
        }
        throw new OperatorException("No port from " + FIRST_PORT + " to " + LAST_PORT
                + " is free: stop something, or name one with --port");
    }

    /** The project's own, so that it goes where the project goes; hidden, so that it is not served. */
    private static Path databaseDirectory(Path project) {
        Path hidden = project.resolve(".ephpm");
        try {
            if (!Files.isDirectory(hidden)) {
                Files.createDirectory(hidden);
                Files.writeString(hidden.resolve(".gitignore"), "*\n");
            }
            return hidden;
        } catch (IOException e) {
            throw DataDirectory.refusal("create", hidden, e);
        }
    }

    /** Sockets, sessions and logs of one project, outside of it. Root's PHP cannot look into root's home directory. */
    private static Path dataDirectory(Path project) {
        CRC32 checksum = new CRC32();
        checksum.update(project.toString().getBytes(StandardCharsets.UTF_8));
        String name = HexFormat.of().toHexDigits((int) checksum.getValue());
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base = "root".equals(System.getProperty("user.name"))
                ? Path.of("/var/cache")
                : cache == null || cache.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(cache);
        return base.resolve("ephpm-dev").resolve(name);
    }

    private void greet(Path project, RunFile addresses) {
        HostAndPort mysql = new HostAndPort("127.0.0.1", addresses.mysqlPort());
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println("  ephpm serves " + project);
        out.println();
        out.println("    site       http://localhost:" + addresses.httpPort() + "/");
        out.println("    database   MySQL on " + mysql + "; PHP finds it in DB_HOST, DB_NAME, DB_USER, DB_PASSWORD");
        out.println();
        out.println("  Ctrl-C ends it.");
        out.println();
    }
}
