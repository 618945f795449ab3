package dev.ephpm.node;

import dev.ephpm.config.ApplianceConfig;
import dev.ephpm.litewire.LitewireException;
import dev.ephpm.litewire.LitewireMeter;
import dev.ephpm.litewire.LitewireServer;
import dev.ephpm.litewire.MySqlEngine;
import dev.ephpm.litewire.statistics.QueryStatistics;
import dev.ephpm.sites.Site;
import dev.ephpm.sites.Sites;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The MySQL frontend with the accounts of this node's sites. */
final class DatabaseServer implements AutoCloseable {
    private final LitewireServer server;
    private final Tenants.Database forPhp;

    private DatabaseServer(LitewireServer server, Tenants.Database forPhp) {
        this.server = server;
        this.forPhp = forPhp;
    }

    /** Listens; throws {@link OperatorException} when an address or the native library cannot be had. */
    static DatabaseServer start(
            ApplianceConfig config,
            DataDirectory data,
            NodeSecret secret,
            Sites sites,
            Path nativeDirectory,
            LitewireMeter meter) {
        Function<Site, SiteAccount> accounts = site -> Databases.login(config, data, secret, site);
        Path socket = Databases.socket(config, data);
        AtomicReference<Optional<LitewireServer>> running = new AtomicReference<>(Optional.empty());
        Accounts logins =
                new Accounts(sites, accounts, file -> running.get().ifPresent(server -> server.closeSite(file)));
        try {
            LitewireServer server = new LitewireServer(
                    config.db().withSocket(socket), nativeDirectory, logins, MySqlEngine::new, meter);
            running.set(Optional.of(server));
            server.start();
            sites.addListener(logins);
            String host = Databases.clientHost(config.db().mysqlListen().host());
            return new DatabaseServer(server, new Tenants.Database(host, server.port(), socket, accounts));
        } catch (LitewireException e) {
            throw new OperatorException(String.valueOf(e.getMessage()), e);
        }
    }

    int port() {
        return server.port();
    }

    QueryStatistics statistics() {
        return server.statistics();
    }

    Tenants.Database forPhp() {
        return forPhp;
    }

    @Override
    public void close() {
        server.close();
    }
}
