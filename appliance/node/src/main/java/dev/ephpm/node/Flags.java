package dev.ephpm.node;

import dev.ephpm.config.ConfigSources.Flag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code serve} that override keys of the configuration. */
final class Flags {
    @Option(
            names = {"-l", "--listen"},
            paramLabel = "ADDRESS",
            description = "Address to serve sites on, such as 0.0.0.0:8080 (server.listen).")
    private @Nullable String listen;

    @Option(
            names = {"-d", "--document-root"},
            paramLabel = "DIRECTORY",
            description = "The fallback site (server.document_root).")
    private @Nullable String documentRoot;

    @Option(
            names = {"-s", "--sites-dir"},
            paramLabel = "DIRECTORY",
            description = "Directory of sites named after their domains (server.sites_dir).")
    private @Nullable String sitesDir;

    @Option(
            names = "--data-dir",
            paramLabel = "DIRECTORY",
            description = "What the appliance keeps for itself (node.data_dir).")
    private @Nullable String dataDir;

    @Option(
            names = {"-v", "--verbose"},
            description = "Log more; twice for everything.")
    private boolean[] verbose = {};

    List<Flag> list() {
        List<Flag> flags = new ArrayList<>();
        add(flags, "--listen", "server.listen", listen);
        add(flags, "--document-root", "server.document_root", documentRoot);
        add(flags, "--sites-dir", "server.sites_dir", sitesDir);
        add(flags, "--data-dir", "node.data_dir", dataDir);
        return List.copyOf(flags);
    }

    int verbosity() {
        return verbose.length;
    }

    private static void add(List<Flag> flags, String name, String key, @Nullable String value) {
        Optional.ofNullable(value).ifPresent(text -> flags.add(new Flag(name, key, text)));
    }
}
