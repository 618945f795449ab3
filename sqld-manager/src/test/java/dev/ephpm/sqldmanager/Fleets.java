package dev.ephpm.sqldmanager;

import dev.ephpm.config.HostAndPort;
import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Real fleets for tests, on free ports of loopback. */
final class Fleets {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** As fetched by the build: unpacking the embedded one takes a second each time. */
    static final Path PROGRAM = Path.of("../build/sqld/sqld").toAbsolutePath().normalize();

    private Fleets() {}

    static HostAndPort freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new HostAndPort("127.0.0.1", socket.getLocalPort());
        }
    }

    static FleetSettings settings(Path directory, HostAndPort listen, Map<String, HostAndPort> homes) {
        return new FleetSettings(
                directory.resolve("sqld"),
                Path.of("target/native/sqld-launcher").toAbsolutePath(),
                Path.of("target/litewire/native/litewire-sqld.so").toAbsolutePath(),
                Optional.of(PROGRAM),
                listen,
                homes,
                Optional.empty(),
                Optional.empty(),
                500);
    }

    /** With the program that the build embeds. */
    static FleetSettings withEmbeddedProgram(FleetSettings settings) {
        return new FleetSettings(
                settings.directory(),
                settings.launcher(),
                settings.extension(),
                Optional.empty(),
                settings.grpcListen(),
                settings.homes(),
                settings.server(),
                settings.client(),
                settings.mostSites());
    }

    static FleetSettings withTls(FleetSettings settings, GrpcTls tls) {
        return new FleetSettings(
                settings.directory(),
                settings.launcher(),
                settings.extension(),
                settings.binary(),
                settings.grpcListen(),
                settings.homes(),
                Optional.of(tls),
                Optional.of(tls),
                settings.mostSites());
    }

    static FleetSettings withSites(FleetSettings settings, int most) {
        return new FleetSettings(
                settings.directory(),
                settings.launcher(),
                settings.extension(),
                settings.binary(),
                settings.grpcListen(),
                settings.homes(),
                settings.server(),
                settings.client(),
                most);
    }

    /** A region by itself. */
    static SqldFleet alone(Path directory) throws IOException {
        return SqldFleet.start(settings(directory, freeAddress(), Map.of()));
    }

    static HranaStatement sql(String sql, HranaValue... arguments) {
        return HranaStatement.of(sql, arguments);
    }

    static HranaValue value(SqldServer server, SiteName site, String sql) {
        return server.hrana()
                .execute(site, sql(sql), PATIENCE)
                .rows()
                .getFirst()
                .getFirst();
    }

    /** What another process brings about, and tells nobody. */
    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("in vain waited for: " + what);
            }
            Thread.sleep(10);
        }
    }
}
