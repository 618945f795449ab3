package dev.ephpm.sites;

import java.util.Optional;

/**
 * A host name that is safe to use as a directory name: lower case, port and trailing dot removed, RFC 1123 labels or an IP
 * literal.
 *
 * @param value for example {@code www.example.com}; an IPv6 literal stands without brackets
 */
public record HostName(String value) {

    /** Reads a Host header or {@code :authority}; empty when it is not a valid host, whatever the reason. */
    public static Optional<HostName> parse(String header) {
        return HostNameParser.parse(header);
    }
}
