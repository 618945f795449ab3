package dev.ephpm.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All options of one file, by name; answers what a name that is not there was meant to be. */
public final class OptionTable {
    private static final OptionTable APPLIANCE = new OptionTable(
            applianceKeys(),
            List.of(
                    "server.tls",
                    "server.metrics",
                    "server.rewrites",
                    "server.worker_threads",
                    "server.static.index_fallback",
                    "php.binary",
                    "php.worker_script",
                    "db.mysql",
                    "db.postgres",
                    "db.tds",
                    "db.read_write_split",
                    "db.sharding",
                    "db.analysis.auto_explain_target",
                    "db.sqlite.replication",
                    "db.sqlite.sqld",
                    "db.sqlite.proxy.hrana_listen",
                    "db.sqlite.proxy.postgres_listen",
                    "db.sqlite.proxy.tds_listen",
                    "node.region",
                    "node_api.tls_cert",
                    "node_api.tls_key",
                    "node_api.tls_client_ca",
                    "admin",
                    "cluster",
                    "deploy",
                    "edge",
                    "geo",
                    "kv",
                    "opcache",
                    "regions",
                    "telemetry",
                    "tracing"));
    private static final OptionTable SITE = new OptionTable(
            SiteKeys.all(),
            List.of("db.sqlite.replication", "db.mysql", "db.postgres", "opcache", "kv", "cache", "edge", "tls"));

    private final Map<String, ConfigKey<?>> keys = new LinkedHashMap<>();
    private final List<String> later;

    private OptionTable(Collection<ConfigKey<?>> keys, List<String> later) {
        for (ConfigKey<?> key : keys) {
            this.keys.put(key.name(), key);
        }
        this.later = List.copyOf(later);
    }

    /** The options of {@code ephpm.toml}. */
    public static OptionTable appliance() {
        return APPLIANCE;
    }

    /** The options of {@code site.toml}. */
    public static OptionTable site() {
        return SITE;
    }

    /** Every option, in the order of the documentation. */
    public List<ConfigKey<?>> keys() {
        return List.copyOf(keys.values());
    }

    @Nullable
    ConfigKey<?> find(String name) {
        return keys.get(name);
    }

    /** Whether some option's name starts with this section's. */
    boolean isSection(String name) {
        return keys.keySet().stream().anyMatch(key -> key.startsWith(name + "."));
    }

    /** The table option this name is an entry of, such as {@code php.env} for {@code php.env.APP_ENV}. */
    Optional<ConfigKey<?>> tableOf(String name) {
        return keys.values().stream()
                .filter(key -> key.type() instanceof MapType && name.startsWith(key.name() + "."))
                .findFirst();
    }

    /** Why the name is refused, and what may have been meant. */
    String explainUnknown(String name) {
        for (String prefix : later) {
            if (name.equals(prefix) || name.startsWith(prefix + ".")) {
                return "not supported by this version; remove it";
            }
        }
        return suggest(name)
                .map(key -> "unknown key; did you mean " + key + "?")
                .orElse("unknown key; `ephpm config show` lists the keys there are");
    }

    private Optional<String> suggest(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        Optional<String> moved = keys.keySet().stream()
                .filter(key -> key.endsWith("." + last) || key.equals(last))
                .min(Comparator.comparingInt(key -> editDistance(key, name)));
        int reach = Math.max(2, name.length() / 4);
        Optional<String> nearest = keys.keySet().stream()
                .filter(key -> editDistance(key, name) <= reach)
                .min(Comparator.comparingInt(key -> editDistance(key, name)));
        return moved.or(() -> nearest);
    }

    static int editDistance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        Arrays.setAll(previous, index -> index);
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int replace = previous[column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replace, Math.min(previous[column], current[column - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.length()];
    }

    private static List<ConfigKey<?>> applianceKeys() {
        List<ConfigKey<?>> keys = new ArrayList<>(ServerKeys.all());
        keys.addAll(ResponseKeys.all());
        keys.addAll(PhpKeys.all());
        keys.addAll(DatabaseKeys.all());
        keys.addAll(NodeKeys.all());
        return keys;
    }
}
