package dev.ephpm.config;

import java.nio.file.Path;
import java.util.List;

/** The rows of {@code [node]} and {@code [node_api]}. */
final class NodeKeys {
    static final ConfigKey<String> ID = ConfigKey.optional(
            "node.id", ValueTypes.text("node name", Checks::nodeId), "Name of this node. Unset: the host name.");
    static final ConfigKey<Path> DATA_DIR = ConfigKey.of(
            "node.data_dir",
            ValueTypes.PATH,
            "/var/lib/ephpm",
            "Everything the appliance keeps for itself: secret, tokens, sockets, sessions, temporary files, logs of sites.");

    static final ConfigKey<HostAndPort> API_LISTEN = ConfigKey.of(
            "node_api.listen", ValueTypes.ADDRESS, "127.0.0.1:9090", "Address of the Node API. Keep it private.");
    static final ConfigKey<Secret> API_SECRET = ConfigKey.optional(
            "node_api.secret",
            ValueTypes.SECRET,
            "Bearer token of the Node API. Unset: one is made and kept in `<data_dir>/node-api.token`.");

    private NodeKeys() {}

    static List<ConfigKey<?>> all() {
        return List.of(ID, DATA_DIR, API_LISTEN, API_SECRET);
    }
}
