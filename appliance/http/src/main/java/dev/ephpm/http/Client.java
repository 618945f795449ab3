package dev.ephpm.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/**
 * Who asks, after trusted proxies have been looked through.
 *
 * @param address IP literal
 * @param port of the peer itself, 0 when the address came from a proxy
 */
record Client(String address, int port, boolean secure) {
    static Client of(HttpServerRequest request, TrustedProxies proxies) {
        String peer = peer(request);
        boolean secure = request.isSSL();
        if (proxies.isEmpty() || !proxies.trusts(peer)) {
            return new Client(peer, peerPort(request), secure);
        }
        String address = proxies.client(peer, request.headers());
        return new Client(
                address,
                address.equals(peer) ? peerPort(request) : 0,
                proxies.secure(request.headers()).orElse(secure));
    }

    static String peer(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        String address = remote == null ? null : remote.hostAddress();
        return address == null ? "" : address;
    }

    private static int peerPort(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        return remote == null ? 0 : remote.port();
    }
}
