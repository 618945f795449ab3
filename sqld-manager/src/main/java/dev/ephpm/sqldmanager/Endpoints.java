package dev.ephpm.sqldmanager;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.Base64;

/** Where an sqld is to listen, and the secret it is to ask for: new at each start. */
record Endpoints(Endpoint http, Endpoint admin) {
    private static final int SECRET_BYTES = 24;
    private static final String BASIC = "Basic ";

    /** Free ports on loopback at the time of asking. */
    static Endpoints choose(SecureRandom random) throws IOException {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String authorization = BASIC + Base64.getEncoder().withoutPadding().encodeToString(bytes);
        /* Both open at once, so that they differ. */
        try (ServerSocket http = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket admin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Endpoints(
                    new Endpoint(http.getLocalPort(), authorization),
                    new Endpoint(admin.getLocalPort(), authorization));
        }
    }

    String secret() {
        return http.authorization().substring(BASIC.length());
    }
}
