package dev.ephpm.litewire;

import dev.ephpm.config.DatabaseAnalysis;
import dev.ephpm.config.DatabaseConfig;
import dev.ephpm.config.DatabaseLimits;
import dev.ephpm.config.HostAndPort;
import dev.ephpm.litewire.protocol.PasswordVerifier;
import dev.ephpm.litewire.sqlite.TestLibrary;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/** A server with the sites {@code a} and {@code b}; each one's user is its name, its database is named {@code wp}. */
final class TestServer implements AutoCloseable {
    static final String PASSWORD = "s3cret-Ä";

    private final LitewireServer server;
    private final Path directory;

    TestServer(Path directory, SiteEngine.Factory engines) {
        this(TestLibrary.NATIVE, directory, engines);
    }

    TestServer(TestLibrary way, Path directory, SiteEngine.Factory engines) {
        this(way, directory, engines, Duration.ofSeconds(20), 64);
    }

    TestServer(TestLibrary way, Path directory, SiteEngine.Factory engines, Duration writerWait, int mostPerSite) {
        this(way, directory, engines, writerWait, mostPerSite, DatabaseLimits.DEFAULT, DatabaseAnalysis.DEFAULT);
    }

    TestServer(
            TestLibrary way,
            Path directory,
            SiteEngine.Factory engines,
            Duration writerWait,
            int mostPerSite,
            DatabaseLimits limits,
            DatabaseAnalysis analysis) {
        this(way, directory, engines, writerWait, mostPerSite, limits, analysis, _ -> Optional.empty());
    }

    /** With MySQL's whole dialect. */
    static TestServer replicated(TestLibrary way, Path directory, Replicas replicas) {
        return new TestServer(
                way,
                directory,
                MySqlEngine::new,
                Duration.ofSeconds(20),
                64,
                DatabaseLimits.DEFAULT,
                DatabaseAnalysis.DEFAULT,
                replicas);
    }

    private TestServer(
            TestLibrary way,
            Path directory,
            SiteEngine.Factory engines,
            Duration writerWait,
            int mostPerSite,
            DatabaseLimits limits,
            DatabaseAnalysis analysis,
            Replicas replicas) {
        this.directory = directory;
        DatabaseConfig config = new DatabaseConfig(
                true,
                Optional.empty(),
                new HostAndPort("127.0.0.1", 0),
                Optional.of(socket()),
                "normal",
                mostPerSite * 2,
                mostPerSite,
                writerWait,
                limits,
                analysis);
        server = new LitewireServer(config, way.directory(), this::find, engines, LitewireMeter.none(), replicas);
        server.start();
    }

    private Optional<SiteLogin> find(String user) {
        return user.equals("a") || user.equals("b")
                ? Optional.of(new SiteLogin(user, user + ".test", file(user), "wp", PasswordVerifier.of(PASSWORD)))
                : Optional.empty();
    }

    Path file(String site) {
        return directory.resolve(site + ".db");
    }

    Path socket() {
        return directory.resolve("mysql.sock");
    }

    int port() {
        return server.port();
    }

    LitewireServer server() {
        return server;
    }

    /** A connection of site a by MariaDB's own Java client; options are given as in its address. */
    Connection connect(String options) throws SQLException {
        return connect("a", PASSWORD, options);
    }

    Connection connect(String user, String password, String options) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port() + "/wp?" + options, properties);
    }

    @Override
    public void close() {
        server.close();
    }
}
