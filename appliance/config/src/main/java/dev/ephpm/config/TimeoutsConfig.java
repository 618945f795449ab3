package dev.ephpm.config;

import java.time.Duration;

/**
 * {@code [server.timeouts]}; a bare integer in the file is seconds.
 *
 * @param headerRead time to receive the request line and headers; default 30 s
 * @param idle keep-alive connection without a request; default 60 s
 * @param request whole request, body included; default 300 s
 */
public record TimeoutsConfig(Duration headerRead, Duration idle, Duration request) {}
