package dev.ephpm.sqldmanager;

import dev.ephpm.config.HostAndPort;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a node's sqld processes are started with.
 *
 * @param directory everything of sqld: {@code <data_dir>/sqld}
 * @param launcher our program that becomes sqld: {@code native/sqld-launcher}
 * @param extension litewire's library for sqld: {@code native/litewire-sqld.so}
 * @param binary the operator's own sqld, from {@code SQLD_BINARY_PATH}
 * @param grpcListen where other regions' replicas connect to
 * @param homes the gRPC address of each other region, by its name
 * @param server what the primary shows to replicas; without, addresses must be on loopback
 * @param client what replicas show to primaries
 * @param mostSites how many sites each process must be able to hold
 */
public record FleetSettings(
        Path directory,
        Path launcher,
        Path extension,
        Optional<Path> binary,
        HostAndPort grpcListen,
        Map<String, HostAndPort> homes,
        Optional<GrpcTls> server,
        Optional<GrpcTls> client,
        int mostSites) {
    public FleetSettings {
        homes = Map.copyOf(homes);
    }
}
