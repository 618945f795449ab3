package dev.ephpm.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What single values cannot show: combinations that cannot work, and directories that are not there. */
final class ConsistencyChecks {
    private final ApplianceConfig config;
    private final Values values;
    private final List<Problem> problems;

    ConsistencyChecks(ApplianceConfig config, Values values, List<Problem> problems) {
        this.config = config;
        this.values = values;
        this.problems = problems;
    }

    void run() {
        checkDirectories();
        checkSeparation();
        checkPorts();
        checkLimits();
    }

    private void checkDirectories() {
        config.server().documentRoot().ifPresent(root -> checkDirectory(ServerKeys.DOCUMENT_ROOT, root));
        config.server().sitesDir().ifPresent(sites -> checkDirectory(ServerKeys.SITES_DIR, sites));
        config.server().logging().access().ifPresent(log -> checkFile(ResponseKeys.ACCESS, log));
        config.php().errorLog().ifPresent(log -> checkFile(PhpKeys.ERROR_LOG, log));
        config.db().path().ifPresent(file -> checkFile(DatabaseKeys.DATABASE_PATH, file));
        config.php().library().ifPresent(library -> {
            if (!Files.isReadable(library)) {
                add(PhpKeys.LIBRARY, library + " is not a readable file; leave the key out to have libphp found");
            }
        });
        Path data = config.node().dataDir();
        if (Files.exists(data) && !Files.isDirectory(data)) {
            add(NodeKeys.DATA_DIR, data + " is a file; name a directory");
        }
    }

    private void checkDirectory(ConfigKey<?> key, Path directory) {
        if (!Files.exists(directory)) {
            add(key, directory + " does not exist; create it or name another directory");
        } else if (!Files.isDirectory(directory)) {
            add(key, directory + " is a file; name a directory");
        } else if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            add(key, directory + " cannot be read by this user; allow it with chmod or chown");
        }
    }

    private void checkFile(ConfigKey<?> key, Path file) {
        Path parent = file.getParent();
        if (file.toString().equals("-")) {
            return;
        }
        if (Files.isDirectory(file)) {
            add(key, file + " is a directory; name a file");
        } else if (parent != null && !Files.isDirectory(parent)) {
            add(key, "the directory " + parent + " does not exist; create it");
        }
    }

    /** Secrets and databases below a directory that is served would be served too. */
    private void checkSeparation() {
        Optional<Path> root = config.server().documentRoot();
        Optional<Path> sites = config.server().sitesDir();
        Path data = config.node().dataDir();
        if (root.isPresent() && sites.isPresent()) {
            if (sites.get().startsWith(root.get())) {
                add(
                        ServerKeys.SITES_DIR,
                        "it lies inside server.document_root, so the fallback site would serve every site's files; move one of them");
            } else if (root.get().startsWith(sites.get())) {
                add(ServerKeys.DOCUMENT_ROOT, "it lies inside server.sites_dir; move the fallback site out of there");
            }
        }
        boolean served = root.filter(data::startsWith).isPresent()
                || sites.filter(data::startsWith).isPresent();
        if (served) {
            add(NodeKeys.DATA_DIR, data + " lies inside a directory that is served, secrets included; move it");
        }
    }

    private void checkPorts() {
        Map<ConfigKey<?>, HostAndPort> listeners = new LinkedHashMap<>();
        listeners.put(ServerKeys.LISTEN, config.server().listen());
        if (config.db().enabled()) {
            listeners.put(DatabaseKeys.MYSQL_LISTEN, config.db().mysqlListen());
        }
        listeners.put(NodeKeys.API_LISTEN, config.nodeApi().listen());
        Map<Integer, ConfigKey<?>> owners = new LinkedHashMap<>();
        listeners.forEach((key, address) -> {
            ConfigKey<?> owner = address.port() == 0 ? null : owners.putIfAbsent(address.port(), key);
            if (owner != null) {
                add(key, "port " + address.port() + " is already that of " + owner + "; choose another one");
            }
        });
    }

    private void checkLimits() {
        if (config.db().maxConnectionsPerSite() > config.db().maxConnections()) {
            notAbove(DatabaseKeys.CONNECTIONS_PER_SITE, DatabaseKeys.CONNECTIONS);
        }
        if (config.php().queuePerSite() > config.php().queue()) {
            notAbove(PhpKeys.QUEUE_PER_SITE, PhpKeys.QUEUE);
        }
        if (config.server().request().maxUriLength().bytes()
                > config.server().request().maxHeaderSize().bytes()) {
            notAbove(ServerKeys.MAX_URI_LENGTH, ServerKeys.MAX_HEADER_SIZE);
        }
        if (values.find(ResponseKeys.RATE_BURST).isPresent()
                && config.server().security().rateLimit() == 0) {
            add(ResponseKeys.RATE_BURST, "a burst without a rate; set server.security.rate_limit too");
        }
    }

    private void notAbove(ConfigKey<?> key, ConfigKey<?> bound) {
        add(key, "it is above " + bound + "; lower it or raise the other");
    }

    private void add(ConfigKey<?> key, String message) {
        problems.add(new Problem(values.origin(key), key.name(), message));
    }
}
