package dev.ephpm.node;

import dev.ephpm.config.ApplianceConfig;
import dev.ephpm.config.HostAndPort;
import dev.ephpm.sites.Site;
import java.nio.file.Path;
import java.util.Optional;

/** Where MySQL clients find the databases of sites, and how they log in. */
final class Databases {
    private Databases() {}

    /**
     * Where the frontend listens.
     *
     * @param address as clients reach it: a wildcard address becomes loopback
     */
    record Endpoint(HostAndPort address, Path socket) {}

    /** The endpoint of a running node, else the configured one. */
    static Endpoint endpoint(ApplianceConfig config, DataDirectory data) {
        HostAndPort listen = config.db().mysqlListen();
        int port = listen.port() != 0 ? listen.port() : RunFile.read(data).mysqlPort();
        return new Endpoint(new HostAndPort(clientHost(listen.host()), port), socket(config, data));
    }

    /** What the PHP of sites is told, by the command line while the node may be stopped. */
    static Tenants.Database forPhp(ApplianceConfig config, DataDirectory data) {
        NodeSecret secret = NodeSecret.load(data.secretFile());
        Endpoint endpoint = endpoint(config, data);
        return new Tenants.Database(
                endpoint.address().host(),
                endpoint.address().port(),
                endpoint.socket(),
                site -> login(config, data, secret, site));
    }

    static Path socket(ApplianceConfig config, DataDirectory data) {
        return config.db().socket().orElseGet(() -> data.run().resolve("mysql.sock"));
    }

    static SiteAccount login(ApplianceConfig config, DataDirectory data, NodeSecret secret, Site site) {
        return SiteAccount.of(site, secret, config.db().path().orElseGet(data::fallbackDatabase));
    }

    /** A site's database file, also before a node has run. */
    static Path file(ApplianceConfig config, Site site) {
        DataDirectory data = new DataDirectory(config.node().dataDir(), Optional.empty());
        return SiteAccount.file(site, config.db().path().orElseGet(data::fallbackDatabase));
    }

    static String clientHost(String listenHost) {
        return switch (listenHost) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            default -> listenHost;
        };
    }
}
