package dev.ephpm.sqldmanager;

import static dev.ephpm.sqldmanager.Fleets.PATIENCE;
import static dev.ephpm.sqldmanager.Fleets.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.config.HostAndPort;
import dev.ephpm.config.SiteName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replication between nodes with certificates, made by openssl. */
class MutualTlsIT {
    private static final SiteName SITE = new SiteName("a.example");

    @TempDir
    private Path directory;

    private void openssl(String arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(("openssl " + arguments).split(" ", -1))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private void authority(String name) throws IOException, InterruptedException {
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=" + name + " -keyout "
                + name + ".key -out " + name + ".pem");
    }

    private GrpcTls node(String name, String authority, String alternativeName)
            throws IOException, InterruptedException {
        openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" + name + " -keyout " + name
                + ".key -out " + name + ".csr");
        Files.writeString(directory.resolve(name + ".ext"), "subjectAltName=DNS:" + alternativeName + "\n");
        openssl("x509 -req -days 1 -in " + name + ".csr -CA " + authority + ".pem -CAkey " + authority
                + ".key -CAcreateserial -extfile " + name + ".ext -out " + name + ".pem");
        return new GrpcTls(
                directory.resolve(name + ".pem"),
                directory.resolve(name + ".key"),
                directory.resolve(authority + ".pem"));
    }

    @Test
    void nodesOfOneAuthorityReplicateAndOthersGetNothing() throws IOException, InterruptedException {
        authority("ours");
        authority("theirs");
        GrpcTls node = node("node", "ours", "sqld");
        GrpcTls stranger = node("stranger", "theirs", "sqld");
        HostAndPort north = Fleets.freeAddress();
        try (SqldFleet home = start("north", north, Map.of(), node);
                SqldFleet south = start("south", Fleets.freeAddress(), Map.of("north", north), node);
                SqldFleet thief = start("thief", Fleets.freeAddress(), Map.of("north", north), stranger)) {
            home.primary().create(SITE, PATIENCE);
            home.primary().hrana().execute(SITE, sql("CREATE TABLE t (x)"), PATIENCE);
            SqldServer replica = south.replica("north");
            replica.follow(SITE, PATIENCE);
            replica.hrana().execute(SITE, sql("INSERT INTO t VALUES (1)"), PATIENCE);
            assertThat(Fleets.value(home.primary(), SITE, "SELECT count(*) FROM t"))
                    .isEqualTo(new HranaValue.Int64(1));
            assertThatThrownBy(() -> thief.replica("north").follow(SITE, Duration.ofSeconds(1)))
                    .isInstanceOf(SqldException.class);
            Path stolen = thief.replica("north").database(SITE);
            assertThat(Files.exists(stolen)
                            && Files.readString(stolen, StandardCharsets.ISO_8859_1)
                                    .contains("CREATE TABLE"))
                    .isFalse();
        }
    }

    private SqldFleet start(String name, HostAndPort listen, Map<String, HostAndPort> homes, GrpcTls tls) {
        return SqldFleet.start(Fleets.withTls(Fleets.settings(directory.resolve(name), listen, homes), tls));
    }

    @Test
    void filesThatSqldCouldNotUseAreRefusedAtStart() throws IOException, InterruptedException {
        authority("ours");
        GrpcTls misnamed = node("misnamed", "ours", "north.example");
        HostAndPort listen = Fleets.freeAddress();
        assertThatThrownBy(() -> start("north", listen, Map.of(), misnamed))
                .hasMessageContaining("not valid for the name sqld");
        Path key = Files.writeString(
                directory.resolve("old.key"), "-----BEGIN EC PRIVATE KEY-----\nx\n-----END EC PRIVATE KEY-----\n");
        assertThatThrownBy(() -> new GrpcTls(misnamed.certificate(), key, misnamed.authority()))
                .hasMessageContaining("PKCS#8");
        assertThatThrownBy(() -> new GrpcTls(directory.resolve("absent"), key, key))
                .hasMessageContaining("cannot read");
    }

    @Test
    void withoutCertificatesOnlyLoopbackIsServed() {
        assertThatThrownBy(() -> new SqldRole.Primary(new HostAndPort("0.0.0.0", 5001), Optional.empty()))
                .hasMessageContaining("needs certificates");
        assertThatThrownBy(() -> new SqldRole.Replica("north", new HostAndPort("192.0.2.1", 5001), Optional.empty()))
                .hasMessageContaining("needs certificates");
        assertThatThrownBy(() -> new SqldRole.Replica("../north", new HostAndPort("127.0.0.1", 5001), Optional.empty()))
                .hasMessageContaining("cannot name a region");
    }
}
