package dev.ephpm.sqldmanager;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A port of a running sqld on loopback. The secret is new at each start: whoever else is on this machine, such as the PHP code
 * of a site, can open the port but is refused.
 *
 * @param authorization the value of the header
 */
record Endpoint(int port, String authorization) {
    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public String toString() {
        return "sqld on port " + port;
    }
}
