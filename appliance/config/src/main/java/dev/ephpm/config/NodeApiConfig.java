package dev.ephpm.config;

import java.util.Optional;

/**
 * {@code [node_api]}: the private HTTP interface of this node.
 *
 * @param listen default {@code 127.0.0.1:9090}
 * @param secret bearer token; when absent one is made and written to {@code <data_dir>/node-api.token}
 */
public record NodeApiConfig(HostAndPort listen, Optional<Secret> secret) {}
