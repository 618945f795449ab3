package dev.ephpm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The distribution under test with one site. */
final class Ephpm implements Stack {
    /** How hard SQLite pushes a commit to the disk. */
    enum Synchronous {
        /** The appliance's default: the log is synced at checkpoints. */
        NORMAL,
        /** Every commit is synced, as InnoDB does by default. */
        FULL
    }

    private final Path program;
    private final Path directory;
    private final Path documentRoot;
    private final int port = Ports.free();
    private final int databasePort = Ports.free();
    private final int nodePort = Ports.free();
    private final List<Service> services = new ArrayList<>();
    private Synchronous synchronous = Synchronous.NORMAL;

    Ephpm(Path distribution, Path directory) throws IOException {
        this.program = distribution.resolve("bin/ephpm");
        this.directory = directory;
        this.documentRoot = Files.createDirectories(directory.resolve("sites")).resolve(HOST);
        if (!Files.isExecutable(program)) {
            throw new BenchException(program + " is missing: run './mvnw -q package -DskipTests' first");
        }
    }

    void setSynchronous(Synchronous mode) {
        this.synchronous = mode;
    }

    @Override
    public String name() {
        return "ephpm";
    }

    @Override
    public void start() {
        Path configuration = directory.resolve("ephpm.toml");
        try {
            Files.writeString(configuration, configuration());
        } catch (IOException failure) {
            throw new BenchException("cannot write " + configuration, failure);
        }
        services.add(Service.start(
                name(),
                directory.resolve("ephpm.log"),
                List.of(program.toString(), "serve", "-c", configuration.toString())));
    }

    private String configuration() {
        String overrides = Stack.opcache()
                .map(setting -> "[\"%s\", \"%s\"]".formatted(setting[0], setting[1]))
                .collect(Collectors.joining(", "));
        return """
                [server]
                listen = "127.0.0.1:%d"
                sites_dir = "%s"

                [php]
                workers = %d
                ini_overrides = [%s]

                [db.sqlite]
                synchronous = "%s"

                [db.sqlite.proxy]
                mysql_listen = "127.0.0.1:%d"

                [node]
                data_dir = "%s"

                [node_api]
                listen = "127.0.0.1:%d"
                """.formatted(
                        port,
                        documentRoot.getParent(),
                        WORKERS,
                        overrides,
                        synchronous.name().toLowerCase(java.util.Locale.ROOT),
                        databasePort,
                        directory.resolve("data"),
                        nodePort);
    }

    @Override
    public Path documentRoot() {
        return documentRoot;
    }

    @Override
    public Site site() {
        return new Site(port);
    }

    @Override
    public List<Service> services() {
        return services;
    }

    @Override
    public void close() {
        Stack.closeAll(services);
        services.clear();
    }
}
