package dev.ephpm.litewire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.sqlite.TestLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that the extension encodes are the same, byte by byte, as those that Java encodes. */
final class RowEncodingIT {
    private static final int QUERY = 3;
    private static final int PREPARE = 22;
    private static final int EXECUTE = 23;
    private static final int ROWS = 400;
    private static final long SEED = 20261120;

    private static final String TABLE = """
            CREATE TABLE t (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, ti TINYINT, tu TINYINT UNSIGNED, si SMALLINT, mi MEDIUMINT,
            i INT, iu INT UNSIGNED, b BIGINT, bu BIGINT UNSIGNED, z INT(8) ZEROFILL, d DECIMAL(10,2), d0 DECIMAL(12,0),
            d9 DECIMAL(18,9), dl DECIMAL(40,20), f FLOAT, r DOUBLE, r2 DOUBLE(10,2), da DATE, dt DATETIME, d6 DATETIME(6), tm TIME,
            t3 TIME(3), y YEAR, bi BIT(12), c CHAR(5), v VARCHAR(300), x LONGTEXT, bl LONGBLOB, vb VARBINARY(20),
            e ENUM('a','b'), s SET('x','y'), j LONGTEXT)""";

    private static final List<String> QUERIES = List.of(
            "SELECT * FROM t ORDER BY id",
            "SELECT v, x FROM t WHERE id > 390 ORDER BY id",
            "SELECT id, bl FROM t ORDER BY LENGTH(bl) DESC LIMIT 3",
            "SELECT id + 1, i * 2, d * 3, d / 7, CONCAT(v, '!'), UPPER(c), b & 255, -ti, tu - 1 FROM t ORDER BY id",
            "SELECT COUNT(*), SUM(d), AVG(i), MAX(dt), MIN(da), SUM(r) FROM t",
            "SELECT da, dt, d6 FROM t WHERE dt IS NOT NULL ORDER BY id",
            "SELECT id FROM t WHERE id < 0");

    @TempDir
    Path directory;

    private final List<TestServer> servers = new ArrayList<>();
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeEach
    void connect() throws IOException {
        for (TestLibrary way : List.of(TestLibrary.NATIVE, TestLibrary.DRIVER)) {
            Path place = Files.createDirectories(directory.resolve(way.name()));
            TestServer server = new TestServer(way, place, MySqlEngine::new);
            servers.add(server);
            RawClient client = RawClient.unix(server.socket());
            clients.add(client);
            assertThat(client.logIn("a", TestServer.PASSWORD)[0]).isEqualTo((byte) RawClient.OK);
            run(client, "SET sql_mode = ''");
            run(client, TABLE);
        }
    }

    @AfterEach
    void close() throws Exception {
        for (RawClient client : clients) {
            client.close();
        }
        servers.forEach(TestServer::close);
    }

    @Test
    void everyTypeIsEncodedAlike() throws IOException {
        Random random = new Random(SEED);
        for (int row = 0; row < ROWS; row++) {
            String insert = insert(random);
            for (RawClient client : clients) {
                run(client, insert);
            }
        }

        QUERIES.forEach(this::assertSameAnswers);
    }

    @Test
    void valuesOfAnotherKindThanTheirColumnAreEncodedAlike() throws IOException, SQLException {
        for (TestServer server : servers) {
            try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + server.file("a"));
                    Statement statement = file.createStatement()) {
                statement.execute(
                        "INSERT INTO t(i, v, d, da, dt, bl, r) VALUES ('abc', 12, 'x', 20260101, '2026-1-2', 7, 3)");
                statement.execute(
                        "INSERT INTO t(i, v, d, da, dt, bl, r) VALUES (1.5, x'ff00', -0.0, '', '0000-00-00 00:00:00',"
                                + " 'text', 'text')");
                statement.execute(
                        "INSERT INTO t(i, v, d, da, dt, b, bu) VALUES (2e20, 0.1, 12345678901234567890, x'00',"
                                + " '2026-01-02 03:04:05.5', -9223372036854775807 - 1, -1)");
                statement.execute("INSERT INTO t(i, v, d, d9) VALUES (1, 'after', 0.125, 0.0000000005)");
            }
        }

        QUERIES.forEach(this::assertSameAnswers);
    }

    @Test
    void rowsLargerThanTheBufferAreSentWhole() throws IOException {
        for (RawClient client : clients) {
            for (int length : List.of(250, 251, 32_750, 32_767, 32_768, 65_535, 65_536, 1_000_000)) {
                run(client, "INSERT INTO t(v, x) VALUES ('small', REPEAT('ä', " + length + "))");
            }
        }

        QUERIES.forEach(this::assertSameAnswers);
    }

    private void assertSameAnswers(String sql) {
        try {
            assertThat(answer(clients.getFirst(), sql)).as(sql).isEqualTo(answer(clients.getLast(), sql));
            assertThat(binaryAnswer(clients.getFirst(), sql))
                    .as("prepared " + sql)
                    .isEqualTo(binaryAnswer(clients.getLast(), sql));
        } catch (IOException e) {
            throw new AssertionError(sql, e);
        }
    }

    private static List<String> answer(RawClient client, String sql) throws IOException {
        return packets(client, client.command(QUERY, sql));
    }

    private static List<String> binaryAnswer(RawClient client, String sql) throws IOException {
        byte[] prepared = client.command(PREPARE, sql);
        assertThat(prepared[0]).as(sql).isEqualTo((byte) RawClient.OK);
        int columns = prepared[5] & 0xff;
        for (int i = 0; i < columns + 1; i++) {
            client.read();
        }
        byte[] id = {prepared[1], prepared[2], prepared[3], prepared[4]};
        byte[] execute = new RawClient.Bytes().bytes(id).zeros(1).integer(1, 4).toArray();
        return packets(client, client.command(EXECUTE, execute));
    }

    /** All packets of a result with their numbers; an error, such as a result out of range, may end it early. */
    private static List<String> packets(RawClient client, byte[] first) throws IOException {
        assertThat(RawClient.errorNumber(first)).isZero();
        List<String> packets = new ArrayList<>();
        byte[] packet = first;
        int ends = 0;
        while (true) {
            packets.add(client.lastSequence() + ": " + HexFormat.of().formatHex(packet));
            ends += packet.length == 5 && (packet[0] & 0xff) == RawClient.END ? 1 : 0;
            if (ends == 2 || RawClient.errorNumber(packet) != 0) {
                return packets;
            }
            packet = client.read();
        }
    }

    private static void run(RawClient client, String sql) throws IOException {
        assertThat(client.command(QUERY, sql)[0]).as(sql).isEqualTo((byte) RawClient.OK);
    }

    private static String insert(Random random) {
        List<String> values = new ArrayList<>(List.of(
                whole(random, 8),
                unsigned(random, 8),
                whole(random, 16),
                whole(random, 24),
                whole(random, 32),
                unsigned(random, 32),
                whole(random, 64),
                unsigned(random, 64),
                unsigned(random, 20),
                decimal(random, 8, 2),
                whole(random, 38),
                decimal(random, 9, 9),
                decimal(random, 18, 20),
                decimal(random, 5, 3),
                real(random),
                decimal(random, 6, 2),
                date(random),
                "'" + date(random).replace("'", "") + " " + clock(random) + "'",
                "'" + date(random).replace("'", "") + " " + clock(random) + "." + random.nextInt(1_000_000) + "'",
                "'" + clock(random) + "'",
                "'-" + random.nextInt(800) + ":01:02." + random.nextInt(1000) + "'",
                Integer.toString(1901 + random.nextInt(200)),
                Integer.toString(random.nextInt(4096)),
                text(random, 5),
                text(random, 300),
                text(random, 700),
                "x'" + "00ff27".repeat(random.nextInt(40)) + "'",
                "x'" + "80".repeat(random.nextInt(20)) + "'",
                random.nextBoolean() ? "'a'" : "'b'",
                random.nextBoolean() ? "'x,y'" : "''",
                "'{}'"));
        for (int i = 0; i < values.size(); i++) {
            if (random.nextInt(8) == 0) {
                values.set(i, "NULL");
            }
        }
        return "INSERT INTO t VALUES (NULL, " + String.join(", ", values) + ")";
    }

    private static String whole(Random random, int bits) {
        return Long.toString(random.nextLong() >> (64 - bits) >> random.nextInt(bits));
    }

    private static String unsigned(Random random, int bits) {
        return Long.toUnsignedString(random.nextLong() >>> (64 - bits) >>> random.nextInt(bits));
    }

    private static String decimal(Random random, int digits, int decimals) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "").append(random.nextInt(10));
        for (int i = random.nextInt(digits); i > 1; i--) {
            text.append(random.nextInt(10));
        }
        text.append('.');
        for (int i = 0; i < decimals; i++) {
            text.append(random.nextInt(10));
        }
        return text.toString();
    }

    private static String real(Random random) {
        return random.nextInt(3) == 0
                ? Integer.toString(random.nextInt())
                : String.format(Locale.ROOT, "%.17e", random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
    }

    private static String date(Random random) {
        return random.nextInt(6) == 0
                ? "'0000-00-00'"
                : String.format(
                        Locale.ROOT,
                        "'%04d-%02d-%02d'",
                        1 + random.nextInt(9999),
                        1 + random.nextInt(12),
                        1 + random.nextInt(28));
    }

    private static String clock(Random random) {
        return random.nextInt(4) == 0
                ? "00:00:00"
                : String.format(
                        Locale.ROOT, "%02d:%02d:%02d", random.nextInt(24), random.nextInt(60), random.nextInt(60));
    }

    private static String text(Random random, int most) {
        String[] alphabet = {"a", "Z", "ä", "€", "😀", " ", "\\'", "0"};
        StringBuilder text = new StringBuilder("'");
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.append('\'').toString();
    }
}
