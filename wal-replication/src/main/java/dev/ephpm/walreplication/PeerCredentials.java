package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/**
 * What this node shows to another region's primary, and how it knows that one. All files are PEM; the key is PKCS#8.
 *
 * @param certificate this node's certificate
 * @param key its private key
 * @param authority the certificate authority of the nodes
 */
public record PeerCredentials(Path certificate, Path key, Path authority) {
    public PeerCredentials {
        requireNonNull(certificate, "certificate is null");
        requireNonNull(key, "key is null");
        requireNonNull(authority, "authority is null");
    }

    SslContext context() {
        try {
            return GrpcSslContexts.forClient()
                    .keyManager(certificate.toFile(), key.toFile())
                    .trustManager(authority.toFile())
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new ReplicationException(
                    ReplicationException.Code.CREDENTIALS,
                    "cannot use the certificate " + certificate + " with the key " + key + " and the authority "
                            + authority + ": " + e.getMessage(),
                    e);
        }
    }
}
