package dev.ephpm.config;

/** Everything {@code ephpm.toml}, the environment and the flags say, validated as a whole. */
public record ApplianceConfig(
        ServerConfig server, PhpConfig php, DatabaseConfig db, NodeConfig node, NodeApiConfig nodeApi) {}
