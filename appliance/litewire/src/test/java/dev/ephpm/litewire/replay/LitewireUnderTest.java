package dev.ephpm.litewire.replay;

import dev.ephpm.config.DatabaseAnalysis;
import dev.ephpm.config.DatabaseConfig;
import dev.ephpm.config.DatabaseLimits;
import dev.ephpm.config.HostAndPort;
import dev.ephpm.litewire.LitewireMeter;
import dev.ephpm.litewire.LitewireServer;
import dev.ephpm.litewire.MySqlEngine;
import dev.ephpm.litewire.SiteLogin;
import dev.ephpm.litewire.protocol.PasswordVerifier;
import dev.ephpm.litewire.sqlite.TestLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A litewire server with one site whose database has the given name. */
final class LitewireUnderTest implements AutoCloseable {
    static final String USER = "replay";
    static final String PASSWORD = "replay";

    private final LitewireServer server;

    LitewireUnderTest(Path directory, String database) {
        this(TestLibrary.NATIVE, directory, database);
    }

    LitewireUnderTest(TestLibrary way, Path directory, String database) {
        DatabaseConfig config = new DatabaseConfig(
                true,
                Optional.empty(),
                new HostAndPort("127.0.0.1", 0),
                Optional.empty(),
                "normal",
                64,
                64,
                Duration.ofSeconds(20),
                DatabaseLimits.DEFAULT,
                DatabaseAnalysis.DEFAULT);
        SiteLogin login = new SiteLogin(
                USER, "replay.test", directory.resolve(database + ".db"), database, PasswordVerifier.of(PASSWORD));
        server = new LitewireServer(
                config,
                way.directory(),
                user -> user.equals(USER) ? Optional.of(login) : Optional.empty(),
                MySqlEngine::new,
                LitewireMeter.none());
        server.start();
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
