package dev.ephpm.config;

import java.util.List;

/**
 * {@code [server.response]}.
 *
 * @param compression gzip, br and zstd for text; default true
 * @param compressionLevel 1 (fast, default) to 9
 * @param compressionMinSize default 1024 bytes
 * @param headers added to every response, in order
 * @param serverHeader value of {@code Server}; empty = none; default {@code ephpm}
 */
public record ResponseConfig(
        boolean compression,
        int compressionLevel,
        DataSize compressionMinSize,
        List<Header> headers,
        String serverHeader) {

    /** A response header from configuration. */
    public record Header(String name, String value) {}
}
