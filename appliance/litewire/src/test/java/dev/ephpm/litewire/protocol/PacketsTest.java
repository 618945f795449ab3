package dev.ephpm.litewire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.ColumnType;
import dev.ephpm.litewire.SqlErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Golden bytes; those of the handshake response were recorded from mysqlnd 8.2. */
final class PacketsTest {
    private static String hex(byte[] bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    @Test
    void handshake() {
        Nonce nonce = new Nonce("ABCDEFGHIJKLMNOPQRST".getBytes(StandardCharsets.US_ASCII));

        byte[] payload = new Handshake("5.5.5-10.11", 7, nonce).payload();

        assertThat(hex(payload))
                .isEqualTo("0a 35 2e 35 2e 35 2d 31 30 2e 31 31 00 07 00 00 00 41 42 43 44 45 46 47 48 00 4f a7"
                        + " 2d 02 00 3f 00 15 00 00 00 00 00 00 00 00 00 00"
                        + " 49 4a 4b 4c 4d 4e 4f 50 51 52 53 54 00"
                        + " 6d 79 73 71 6c 5f 6e 61 74 69 76 65 5f 70 61 73 73 77 6f 72 64 00");
    }

    @Test
    void okWithLargeNumbersAndInfo() {
        assertThat(hex(Packets.ok(251, 65536, 2, 1, "hi"))).isEqualTo("00 fc fb 00 fd 00 00 01 02 00 01 00 02 68 69");
    }

    @Test
    void endOfRows() {
        assertThat(hex(Packets.endOfRows(3, 2))).isEqualTo("fe 02 00 03 00");
    }

    @Test
    void error() {
        byte[] payload = Packets.error(SqlErrorCode.UNKNOWN_COMMAND.with());

        assertThat(hex(payload)).startsWith("ff 17 04 23 30 38 53 30 31 55");
        assertThat(new String(payload, 9, payload.length - 9, StandardCharsets.UTF_8))
                .isEqualTo("Unknown command");
    }

    @Test
    void columnDefinition() {
        Column column = new Column("wp", "p", "wp_posts", "i", "ID", ColumnType.LONGLONG, 20, 63, 49699, 0);

        assertThat(hex(Packets.column(column)))
                .isEqualTo("03 64 65 66 02 77 70 01 70 08 77 70 5f 70 6f 73 74 73 01 69 02 49 44"
                        + " 0c 3f 00 14 00 00 00 08 23 c2 00 00 00");
    }

    @Test
    void preparedStatement() {
        assertThat(hex(Packets.prepared(1, 2, 3, 0))).isEqualTo("00 01 00 00 00 02 00 03 00 00 00 00");
    }

    @Test
    void readsTheHandshakeResponseOfMysqlnd() throws Exception {
        byte[] payload = new PayloadWriter()
                .integer(0x1aa28d, 4)
                .integer(3221225472L, 4)
                .integer(45, 1)
                .zeros(23)
                .terminated("alice")
                .integer(20, 1)
                .bytes(new byte[20])
                .terminated("wp")
                .terminated("mysql_native_password")
                .integer(0, 1)
                .payload();

        HandshakeResponse response = HandshakeResponse.parse(payload);

        assertThat(response.user()).isEqualTo("alice");
        assertThat(response.database()).contains("wp");
        assertThat(response.plugin()).isEqualTo("mysql_native_password");
        assertThat(response.authentication()).hasSize(20);
        assertThat(response.has(Capability.FOUND_ROWS)).isFalse();
    }

    @Test
    void everyTruncationOfAHandshakeResponseIsAnError() {
        byte[] payload = new PayloadWriter()
                .integer(0x1aa285, 4)
                .zeros(28)
                .terminated("alice")
                .integer(20, 1)
                .bytes(new byte[20])
                .payload();
        for (int length = 0; length < payload.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(payload, length);
            // A user name without its NUL is taken as it is, but then the password is missing.
            assertThatThrownBy(() -> HandshakeResponse.parse(cut)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void refusesTheProtocolBeforeVersion41() {
        byte[] payload = new PayloadWriter().integer(5, 2).zeros(40).payload();

        assertThatThrownBy(() -> HandshakeResponse.parse(payload))
                .isInstanceOfSatisfying(
                        ProtocolException.class,
                        e -> assertThat(e.error().code()).isEqualTo(SqlErrorCode.OLD_PASSWORDS));
    }

    @Test
    void lengthEncodedNumbersReadBack() throws Exception {
        long[] numbers = {0, 250, 251, 252, 0xFFFF, 0x10000, 0xFFFFFF, 0x1000000, Long.MAX_VALUE};
        for (long number : numbers) {
            byte[] payload = new PayloadWriter().lengthEncoded(number).payload();
            assertThat(new PayloadReader(payload).lengthEncoded()).isEqualTo(number);
            assertThat(payload).hasSize(PayloadWriter.lengthEncodedSize(number));
        }
    }
}
