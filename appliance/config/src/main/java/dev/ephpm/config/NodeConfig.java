package dev.ephpm.config;

import java.nio.file.Path;

/**
 * {@code [node]}: who this node is.
 *
 * @param id default: the host name
 * @param dataDir everything the appliance itself keeps, mode 0700; default {@code /var/lib/ephpm}
 */
public record NodeConfig(String id, Path dataDir) {}
