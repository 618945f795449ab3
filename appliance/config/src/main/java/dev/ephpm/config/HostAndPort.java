package dev.ephpm.config;

/**
 * A listen address such as {@code 0.0.0.0:8080} or {@code [::1]:8080}.
 *
 * @param host an address or name, without brackets
 * @param port 0 to 65535; 0 lets the system choose
 */
public record HostAndPort(String host, int port) {
    public HostAndPort {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + port);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
