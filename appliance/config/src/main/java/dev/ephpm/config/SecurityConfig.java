package dev.ephpm.config;

import java.util.List;

/**
 * {@code [server.security]}.
 *
 * @param trustedProxies CIDR ranges whose X-Forwarded-* headers count
 * @param blockedPaths glob patterns answered with 403
 * @param allowedPhpPaths when not empty, only matching PHP scripts run
 * @param rateLimit requests per second of one site on this node; 0 (default) = no limit
 * @param rateBurst requests a site may send at once on top of the rate; default: the rate
 */
public record SecurityConfig(
        List<String> trustedProxies,
        List<String> blockedPaths,
        List<String> allowedPhpPaths,
        int rateLimit,
        int rateBurst) {}
