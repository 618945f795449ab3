package dev.ephpm.config;

import java.time.Duration;
import java.util.Map;

/**
 * {@code [server.static]}.
 *
 * @param cacheControl value of {@code Cache-Control} for files; empty (default) = none
 * @param expires {@code server.static.expires}: file extension without dot to lifetime, sent as {@code max-age}, before
 *     {@code cacheControl}
 * @param hiddenFiles paths with a segment that starts with a dot; default deny (403)
 * @param etag default true
 */
public record StaticConfig(String cacheControl, Map<String, Duration> expires, HiddenFiles hiddenFiles, boolean etag) {

    /** What a request for a hidden file gets. */
    public enum HiddenFiles {
        DENY,
        IGNORE,
        ALLOW
    }
}
