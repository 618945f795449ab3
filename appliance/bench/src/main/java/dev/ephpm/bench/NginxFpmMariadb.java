package dev.ephpm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The peer: Debian's nginx, php-fpm and MariaDB with private configurations made from the templates in {@code src/main/peer}.
 * MariaDB keeps its defaults, which sync every commit to the disk; php-fpm keeps Debian's php.ini and extensions.
 */
final class NginxFpmMariadb implements Stack {
    private static final String WEB_USER = "www-data";
    private static final String DATABASE_USER = "mysql";

    private final Path directory;
    private final Path templates;
    private final Path documentRoot;
    private final int port = Ports.free();
    private final List<Service> services = new ArrayList<>();

    NginxFpmMariadb(Path templates, Path directory) throws IOException {
        this.directory = directory;
        this.templates = templates;
        this.documentRoot = directory.resolve("site");
        for (String folder : List.of("run", "data", "log", "nginx")) {
            Files.createDirectories(directory.resolve(folder));
        }
        writeConfigurations();
        // The socket of the database is made by one account and used by another.
        Files.setPosixFilePermissions(directory.resolve("run"), PosixFilePermissions.fromString("rwxrwxrwx"));
        createDatabase();
    }

    private void writeConfigurations() throws IOException {
        String opcache = Stack.opcache()
                .map(setting -> "php_admin_value[%s] = %s".formatted(setting[0], setting[1]))
                .collect(Collectors.joining("\n"));
        boolean root = Machine.isRoot();
        Map<String, String> values = Map.of(
                "@directory@",
                directory.toString(),
                "@port@",
                Integer.toString(port),
                "@cores@",
                Integer.toString(Machine.cores()),
                "@workers@",
                Integer.toString(WORKERS),
                "@opcache@",
                opcache,
                "@host@",
                HOST,
                "@nginx_user@",
                root ? "user " + WEB_USER + ";" : "",
                "@fpm_user@",
                root ? "user = " + WEB_USER + "\ngroup = " + WEB_USER : "");
        for (String name : List.of("nginx.conf", "php-fpm.conf", "mariadb.cnf", "mariadb-init.sql")) {
            String text = Files.readString(templates.resolve(name));
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace(value.getKey(), value.getValue());
            }
            Files.writeString(directory.resolve(name), text);
        }
    }

    private void createDatabase() {
        Workspace.give(directory.resolve("data"), DATABASE_USER);
        List<String> command = new ArrayList<>(List.of(
                "mariadb-install-db",
                "--defaults-file=" + directory.resolve("mariadb.cnf"),
                "--skip-test-db",
                "--auth-root-authentication-method=normal"));
        if (Machine.isRoot()) {
            command.add("--user=" + DATABASE_USER);
        }
        Command.run(command.toArray(String[]::new));
    }

    @Override
    public String name() {
        return "nginx + php-fpm + MariaDB";
    }

    @Override
    public void start() {
        List<String> database =
                new ArrayList<>(List.of("mariadbd", "--defaults-file=" + directory.resolve("mariadb.cnf")));
        if (Machine.isRoot()) {
            database.add("--user=" + DATABASE_USER);
        }
        startService("mariadbd", database);
        startService(
                "php-fpm",
                List.of(
                        "php-fpm" + Machine.PHP,
                        "-F",
                        "-y",
                        directory.resolve("php-fpm.conf").toString()));
        startService(
                "nginx",
                List.of(
                        "nginx",
                        "-p",
                        directory.toString(),
                        "-e",
                        "stderr",
                        "-c",
                        directory.resolve("nginx.conf").toString()));
    }

    /** Whether a commit waits for the disk, as by default, or for the kernel only. Until the next start. */
    void syncCommits(boolean sync) {
        Command.run(
                "mariadb",
                "--no-defaults",
                "--socket=" + directory.resolve("run/mariadb.sock"),
                "--user=root",
                "--execute=SET GLOBAL innodb_flush_log_at_trx_commit = " + (sync ? 1 : 2));
    }

    private void startService(String name, List<String> command) {
        services.add(Service.start(name, directory.resolve("log").resolve(name + ".log"), command));
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
