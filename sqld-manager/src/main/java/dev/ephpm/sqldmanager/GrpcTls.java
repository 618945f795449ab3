package dev.ephpm.sqldmanager;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/**
 * What a node shows the others on sqld's gRPC port and expects of them. sqld's only protection there is mutual TLS.
 *
 * @param certificate PEM; the server's must be valid for {@code DNS:sqld}, which every replica insists on
 * @param key PEM, PKCS#8: sqld reads no other form
 * @param authority PEM, the authority of all nodes
 */
public record GrpcTls(Path certificate, Path key, Path authority) {
    private static final String PKCS8 = "-----BEGIN PRIVATE KEY-----";
    private static final String SERVER_NAME = "sqld";
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";

    public GrpcTls {
        requireStart(certificate, CERTIFICATE, "a certificate in PEM");
        requireStart(key, PKCS8, "a key in PEM and PKCS#8 (openssl pkcs8 -topk8 -nocrypt converts it)");
        requireStart(authority, CERTIFICATE, "a certificate in PEM");
    }

    private static void requireStart(Path file, String start, String kind) {
        try {
            if (Files.readString(file).contains(start)) {
                return;
            }
        } catch (IOException e) {
            throw new SqldException(
                    SqldException.Reason.INVALID, "cannot read " + file + " for replication: " + e.getMessage(), e);
        }
        throw new SqldException(SqldException.Reason.INVALID, file + " is not " + kind);
    }

    /** Every replica insists on this name, whatever the address: without it none would ever connect. */
    void requireServerName() {
        try (InputStream input = Files.newInputStream(certificate)) {
            X509Certificate first =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(input);
            Collection<List<?>> names = first.getSubjectAlternativeNames();
            if (names == null || names.stream().noneMatch(name -> name.contains(SERVER_NAME))) {
                throw new SqldException(
                        SqldException.Reason.INVALID,
                        certificate + " is not valid for the name " + SERVER_NAME + ", which sqld's replicas insist on;"
                                + " make one with subjectAltName DNS:" + SERVER_NAME);
            }
        } catch (IOException | CertificateException e) {
            throw new SqldException(
                    SqldException.Reason.INVALID,
                    certificate + " cannot be read as a certificate: " + e.getMessage(),
                    e);
        }
    }

    /** @param prefix of sqld's options, such as {@code --grpc} */
    List<String> options(String prefix) {
        return List.of(
                prefix + "-tls",
                prefix + "-cert-file",
                certificate.toString(),
                prefix + "-key-file",
                key.toString(),
                prefix + "-ca-cert-file",
                authority.toString());
    }
}
