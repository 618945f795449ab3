package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.fuzz.SeedFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Handshakes and commands of every kind, for fuzzing to begin with. */
public final class ConversationSeeds {
    private static final int HANDSHAKE = 0;
    private static final int BYTES = 1;
    private static final int FRAMED = 2;

    private ConversationSeeds() {}

    static List<byte[]> known() {
        List<byte[]> known = new ArrayList<>();
        known.add(handshake("mysql_native_password"));
        known.add(handshake("caching_sha2_password"));
        known.add(handshake("something_else"));
        known.add(framed(command(3, "SELECT 1"), command(14, ""), command(1, "")));
        known.add(framed(command(2, "wp"), command(4, "table\0"), command(9, ""), command(7, "\u0001")));
        known.add(framed(
                command(27, "\0\0"), command(3, "SELECT 1; DO 2;E"), command(31, ""), command(12, "\u0001\0\0\0")));
        // Prepare with three parameters, execute with types and values, send data ahead, reset, fetch, close.
        known.add(framed(
                command(22, "SELECT ?, ?, ?"),
                command(23, "\u0001\0\0\0\0\u0001\0\0\0\0\u0001\u0008\0\u00fd\0\u0005\0aaaaaaaa\u0003abcbbbbbbbb"),
                command(24, "\u0001\0\0\0\u0001\0data"),
                command(23, "\u0001\0\0\0\0\u0001\0\0\0\u0007\0"),
                command(26, "\u0001\0\0\0"),
                command(28, "\u0001\0\0\0\u0001\0\0\0"),
                command(25, "\u0001\0\0\0")));
        // Dates, times and lengths of more than one byte.
        known.add(framed(
                command(22, "SELECT ?, ?, ?, ?"),
                command(
                        23,
                        "\u0001\0\0\0\0\u0001\0\0\0\0\u0001\u000c\0\u000b\0\u00fc\0\u0001\u0080\u000b\u00e8\u0007\u0001\u0002"
                                + "\u0003\u0004\u0005\u0001\0\0\0\u000c\u0001\u0001\0\0\0\u0003\u0004\u0005\u0001\0\0\0"
                                + "\u00fc\u0003\0abc\u007f")));
        known.add(framed(command(17, "a\0\0wp\0-\0mysql_native_password\0"), command(14, "")));
        byte[] plain = new byte[] {BYTES, 1, 0, 0, 0, 14, 9, 0, 0, 0, 3, 'S', 'E', 'L', 'E', 'C', 'T', ' ', '1'};
        known.add(plain);
        return known;
    }

    private static byte[] command(int code, String arguments) {
        byte[] bytes = arguments.getBytes(StandardCharsets.ISO_8859_1);
        byte[] command = new byte[bytes.length + 1];
        command[0] = (byte) code;
        System.arraycopy(bytes, 0, command, 1, bytes.length);
        return command;
    }

    private static byte[] framed(byte[]... commands) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(FRAMED);
        for (byte[] command : commands) {
            bytes.write(command.length);
            bytes.writeBytes(command);
        }
        return bytes.toByteArray();
    }

    private static byte[] handshake(String plugin) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes(new byte[] {(byte) 0x8d, (byte) 0xa2, 0x1a, 0, 0, 0, 0, 1, 45});
        payload.writeBytes(new byte[23]);
        payload.writeBytes("a\0".getBytes(StandardCharsets.US_ASCII));
        payload.write(20);
        payload.writeBytes(new byte[20]);
        payload.writeBytes(("wp\0" + plugin + "\0").getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(HANDSHAKE);
        bytes.write(payload.size());
        bytes.writeBytes(new byte[] {0, 0, 1});
        bytes.writeBytes(payload.toByteArray());
        return bytes.toByteArray();
    }

    /** Writes them into the directory it is given, for Jazzer. */
    public static void main(String[] arguments) throws IOException {
        SeedFiles.write(Path.of(arguments[0]), known());
    }
}
