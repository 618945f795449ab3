package dev.ephpm.litewire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.litewire.sqlite.TestLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server makes of bytes no well-behaved client sends, and of commands drivers hide. */
@ParameterizedClass
@EnumSource(TestLibrary.class)
final class WireIT {
    private static final byte[] NOTHING = new byte[0];

    private final TestLibrary way;

    @TempDir
    Path directory;

    private TestServer server;
    private RawClient client;

    WireIT(TestLibrary way) {
        this.way = way;
    }

    @BeforeEach
    void start() throws IOException {
        server = new TestServer(way, directory, PlainEngine::new);
        client = RawClient.unix(server.socket());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private void logIn() throws IOException {
        assertThat(client.logIn("a", TestServer.PASSWORD)[0]).isEqualTo((byte) RawClient.OK);
    }

    @Test
    void unknownCommandsAreRefusedAndTheStreamStaysInStep() throws IOException {
        logIn();
        for (int code : new int[] {0, 5, 6, 8, 11, 15, 16, 18, 29, 30, 32, 99, 255}) {
            assertThat(RawClient.errorNumber(client.command(code, "whatever")))
                    .as("%d", code)
                    .isEqualTo(1047);
            assertThat(client.value("SELECT 42")).isEqualTo("42");
        }
    }

    @Test
    void anEmptyPacketIsAnUnknownCommand() throws IOException {
        logIn();
        client.sendRaw(new byte[] {0, 0, 0, 0});

        assertThat(RawClient.errorNumber(client.read())).isEqualTo(1047);
        assertThat(client.value("SELECT 42")).isEqualTo("42");
    }

    @Test
    void smallCommandsAnswer() throws IOException {
        logIn();
        assertThat(client.command(14, NOTHING)[0]).as("ping").isEqualTo((byte) RawClient.OK);
        assertThat(client.command(7, NOTHING)[0]).as("refresh").isEqualTo((byte) RawClient.OK);
        assertThat(client.command(13, NOTHING)[0]).as("debug").isEqualTo((byte) RawClient.END);
        assertThat(client.command(27, new byte[] {0, 0})[0]).as("set option").isEqualTo((byte) RawClient.END);
        assertThat(RawClient.text(client.command(9, NOTHING))).startsWith("Uptime: ");
        assertThat(client.command(2, "wp")[0]).as("init db").isEqualTo((byte) RawClient.OK);
        assertThat(client.command(31, NOTHING)[0]).as("reset").isEqualTo((byte) RawClient.OK);
    }

    @Test
    void onlyTheSitesOwnDatabaseCanBeUsed() throws IOException {
        logIn();
        assertThat(RawClient.errorNumber(client.command(2, "other"))).isEqualTo(1044);
        assertThat(RawClient.errorNumber(client.command(2, "WP"))).isEqualTo(1044);
        assertThat(RawClient.errorNumber(client.command(2, "mysql"))).isEqualTo(1044);
        assertThat(RawClient.errorNumber(client.command(2, "information_schema")))
                .isEqualTo(0);
        assertThat(RawClient.errorNumber(client.command(2, "wp"))).isEqualTo(0);
    }

    @Test
    void wrongSequenceNumberEndsTheConnection() throws IOException {
        logIn();
        client.sendRaw(new byte[] {1, 0, 0, 9, 14});

        assertThat(RawClient.errorNumber(client.read())).isEqualTo(1156);
        assertThat(client.ended()).isTrue();
    }

    @Test
    void truncatedCommandsAreMalformed() throws IOException {
        byte[][] truncated = {
            {23}, {23, 1, 0}, {24, 1}, {25, 1, 0}, {26}, {28, 0, 0}, {12, 1}, {27, 0}, {17, 'a'},
        };
        for (byte[] payload : truncated) {
            try (RawClient other = RawClient.unix(server.socket())) {
                other.logIn("a", TestServer.PASSWORD);
                other.sendCommand(payload[0], java.util.Arrays.copyOfRange(payload, 1, payload.length));
                byte[] answer = other.read();
                assertThat(RawClient.errorNumber(answer))
                        .as("command %d", payload[0])
                        .isEqualTo(1835);
            }
        }
    }

    @Test
    void leavingInTheMiddleOfAPacketHarmsNobody() throws IOException {
        logIn();
        client.sendRaw(new byte[] {100, 0, 0, 0, 3, 'S', 'E'});
        client.close();

        try (RawClient other = RawClient.unix(server.socket())) {
            other.logIn("a", TestServer.PASSWORD);
            assertThat(other.value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void nonsenseInsteadOfAHandshakeEndsTheConnectionAlone() throws IOException {
        Random random = new Random(20_240_229);
        for (int i = 0; i < 200; i++) {
            try (RawClient other = RawClient.unix(server.socket())) {
                other.read();
                byte[] nonsense = new byte[random.nextInt(300)];
                random.nextBytes(nonsense);
                other.send(nonsense);
                assertThat(RawClient.errorNumber(other.read())).isIn(1043, 1045, 1251, 1835, 0);
            }
        }
        logIn();
        assertThat(client.value("SELECT 1")).isEqualTo("1");
    }

    @Test
    void nonsenseCommandsNeverBreakTheServer() throws IOException {
        Random random = new Random(19_700_101);
        for (int i = 0; i < 300; i++) {
            try (RawClient other = RawClient.unix(server.socket())) {
                other.logIn("a", TestServer.PASSWORD);
                byte[] nonsense = new byte[random.nextInt(64)];
                random.nextBytes(nonsense);
                other.sendCommand(random.nextInt(34), nonsense);
            }
        }
        logIn();
        assertThat(client.value("SELECT 1")).isEqualTo("1");
    }

    @Test
    void hugePacketBeforeTheLoginIsRefused() throws IOException {
        client.read();
        client.sendRaw(new RawClient.Bytes()
                .integer(100_000, 3)
                .integer(1, 1)
                .zeros(100_000)
                .toArray());

        assertThat(RawClient.errorNumber(client.read())).isEqualTo(1153);
        assertThat(client.ended()).isTrue();
    }

    @Test
    void unknownAndEmptyUsersAreRefusedLikeWrongPasswords() throws IOException {
        for (String user : new String[] {"a", "nobody", "", "ä\u0001"}) {
            try (RawClient other = RawClient.unix(server.socket())) {
                byte[] answer = other.logIn(user, "wrong");
                assertThat(RawClient.text(answer).substring(9))
                        .isEqualTo("Access denied for user '" + user + "'@'localhost' (using password: YES)");
                assertThat(RawClient.errorNumber(answer)).isEqualTo(1045);
                assertThat(other.ended()).isTrue();
            }
        }
        assertThat(directory.toFile().list()).containsExactly("mysql.sock");
    }

    @Test
    void cachingSha2PasswordsAreTakenAtOnce() throws IOException {
        assertThat(client.logInBySha2("a", TestServer.PASSWORD)).containsExactly(1, 3);
        assertThat(client.read()[0]).isEqualTo((byte) RawClient.OK);
        assertThat(client.value("SELECT 42")).isEqualTo("42");
        try (RawClient other = RawClient.unix(server.socket())) {
            assertThat(RawClient.errorNumber(other.logInBySha2("a", "wrong"))).isEqualTo(1045);
        }
    }

    @Test
    void pluginsTheServerDoesNotKnowAreSwitched() throws IOException {
        client.readGreeting();
        client.answerSwitch(client.respond("a", "dialog", new byte[0]), TestServer.PASSWORD);
        assertThat(client.read()[0]).isEqualTo((byte) RawClient.OK);
        assertThat(client.value("SELECT 42")).isEqualTo("42");
    }

    @Test
    void changeUserGoesToAnotherSiteAndLeavesNothingBehind() throws IOException {
        logIn();
        client.query("CREATE TABLE t(a)");
        client.query("SET @x = 5");
        client.query("BEGIN");
        client.query("INSERT INTO t VALUES(1)");
        byte[] request = new RawClient.Bytes()
                .text("b")
                .zeros(1)
                .integer(0, 1)
                .text("wp")
                .zeros(1)
                .integer(45, 2)
                .text("mysql_native_password")
                .zeros(1)
                .toArray();

        client.answerSwitch(client.command(17, request), TestServer.PASSWORD);

        assertThat(client.read()[0]).isEqualTo((byte) RawClient.OK);
        assertThat(RawClient.errorNumber(client.query("SELECT * FROM t"))).isEqualTo(1146);
        try (RawClient other = RawClient.unix(server.socket())) {
            other.logIn("a", TestServer.PASSWORD);
            assertThat(other.value("SELECT count(*) FROM t")).isEqualTo("0");
            assertThat(other.query("INSERT INTO t VALUES(1)")[0])
                    .as("the writer is free")
                    .isEqualTo((byte) 0);
        }
    }

    @Test
    void changeUserWithAWrongPasswordEndsTheConnection() throws IOException {
        logIn();
        byte[] request =
                new RawClient.Bytes().text("b").zeros(1).integer(0, 1).zeros(1).toArray();

        client.answerSwitch(client.command(17, request), "wrong");

        assertThat(RawClient.errorNumber(client.read())).isEqualTo(1045);
        assertThat(client.ended()).isTrue();
    }

    @Test
    void resetConnectionRollsBackAndForgets() throws IOException {
        logIn();
        client.query("CREATE TABLE t(a)");
        client.query("SET autocommit = 0");
        client.query("SET sql_mode = ''");
        client.query("INSERT INTO t VALUES(1)");

        assertThat(client.command(31, NOTHING)[0]).isEqualTo((byte) RawClient.OK);

        assertThat(client.value("SELECT @@autocommit")).isEqualTo("ON");
        assertThat(client.value("SELECT @@sql_mode")).startsWith("STRICT_TRANS_TABLES");
        assertThat(client.value("SELECT count(*) FROM t")).isEqualTo("0");
    }

    @Test
    void statementsOfTheBinaryProtocolNeedTheirIds() throws IOException {
        logIn();
        byte[] unknown = new RawClient.Bytes().integer(77, 4).zeros(5).toArray();
        assertThat(RawClient.errorNumber(client.command(23, unknown))).isEqualTo(1243);
        assertThat(RawClient.errorNumber(client.command(26, unknown))).isEqualTo(1243);
        byte[] prepared = client.command(22, "SELECT ?");
        assertThat(prepared[0]).isEqualTo((byte) RawClient.OK);
        client.read();
        client.read();
        byte[] first = new RawClient.Bytes().integer(1, 4).zeros(4).toArray();
        assertThat(RawClient.errorNumber(client.command(28, first))).as("fetch").isEqualTo(1421);
        // Execute without ever having bound types.
        byte[] unbound = new RawClient.Bytes()
                .integer(1, 4)
                .zeros(5)
                .zeros(1)
                .integer(0, 1)
                .toArray();
        assertThat(RawClient.errorNumber(client.command(23, unbound))).isEqualTo(1210);
        client.sendCommand(25, new RawClient.Bytes().integer(1, 4).toArray());
        assertThat(RawClient.errorNumber(client.command(26, first)))
                .as("after close")
                .isEqualTo(1243);
    }

    @Test
    void aSlowReaderBlocksNobodyElse() throws IOException {
        logIn();
        client.sendCommand(
                3,
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, hex(zeroblob(1000)) FROM n LIMIT 100000"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));

        try (RawClient other = RawClient.unix(server.socket())) {
            other.logIn("a", TestServer.PASSWORD);
            other.query("CREATE TABLE t(a)");
            assertThat(other.query("INSERT INTO t VALUES(1)")[0]).isEqualTo((byte) RawClient.OK);
        }
    }

    @Test
    void anInternalErrorIsToldAndTheConnectionGoesOn() throws IOException {
        logIn();
        assertThat(RawClient.errorNumber(client.query("BUG"))).isEqualTo(1105);
        assertThat(RawClient.errorNumber(client.query("SELEC 1"))).isEqualTo(1064);
        assertThat(client.value("SELECT 1")).isEqualTo("1");
    }

    @Test
    void theSocketIsTakenOverFromADeadServerButNotFromALivingOne() throws IOException {
        assertThatThrownBy(() -> new TestServer(way, directory, PlainEngine::new))
                .isInstanceOf(LitewireException.class)
                .hasMessageContaining("another process listens");
        server.close();
        java.nio.channels.ServerSocketChannel dead =
                java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX);
        dead.bind(java.net.UnixDomainSocketAddress.of(server.socket()));
        dead.close();
        assertThat(server.socket()).exists();

        server = new TestServer(way, directory, PlainEngine::new);

        try (RawClient other = RawClient.unix(server.socket())) {
            assertThat(other.logIn("a", TestServer.PASSWORD)[0]).isEqualTo((byte) RawClient.OK);
        }
    }
}
