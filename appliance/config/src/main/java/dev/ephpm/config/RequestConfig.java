package dev.ephpm.config;

import java.util.List;

/**
 * {@code [server.request]}: limits on what a client sends.
 *
 * @param maxBodySize default 10 MiB; 0 = unlimited
 * @param maxHeaderSize request line and headers together; default 8 KiB
 * @param maxUriLength default 8 KiB
 * @param trustedHosts when not empty, any other host gets 421; {@code *.example.com} matches subdomains
 */
public record RequestConfig(
        DataSize maxBodySize, DataSize maxHeaderSize, DataSize maxUriLength, List<String> trustedHosts) {}
