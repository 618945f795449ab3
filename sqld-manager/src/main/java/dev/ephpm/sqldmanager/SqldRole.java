package dev.ephpm.sqldmanager;

import dev.ephpm.config.HostAndPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a process does. */
sealed interface SqldRole {
    /** Its directory's name, and its name in logs. */
    String name();

    List<String> options();

    /** Owns the sites whose home is this node's region. */
    record Primary(HostAndPort grpcListen, Optional<GrpcTls> tls) implements SqldRole {
        public Primary {
            requireProtection(grpcListen.host(), tls);
            tls.ifPresent(GrpcTls::requireServerName);
        }

        @Override
        public String name() {
            return "primary";
        }

        @Override
        public List<String> options() {
            List<String> options = new ArrayList<>(List.of("--grpc-listen-addr", grpcListen.toString()));
            tls.ifPresent(files -> options.addAll(files.options("--grpc")));
            return options;
        }
    }

    /** Follows the primary of another region. */
    record Replica(String region, HostAndPort primary, Optional<GrpcTls> tls) implements SqldRole {
        public Replica {
            if (!region.matches("[a-z0-9][a-z0-9-]{0,62}")) {
                throw new SqldException(
                        SqldException.Reason.INVALID, "'" + region + "' cannot name a region: use a-z, 0-9 and '-'");
            }
            requireProtection(primary.host(), tls);
        }

        @Override
        public String name() {
            return "replica-" + region;
        }

        @Override
        public List<String> options() {
            String scheme = tls.isPresent() ? "https://" : "http://";
            List<String> options = new ArrayList<>(List.of("--primary-grpc-url", scheme + primary));
            tls.ifPresent(files -> options.addAll(files.options("--primary-grpc")));
            return options;
        }
    }

    /** Whoever reaches an unprotected port reads and writes every site. */
    private static void requireProtection(String host, Optional<GrpcTls> tls) {
        if (tls.isEmpty() && !isLoopback(host)) {
            throw new SqldException(
                    SqldException.Reason.INVALID,
                    "replication with " + host + " needs certificates: without mutual TLS anybody could read and write"
                            + " every site");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
