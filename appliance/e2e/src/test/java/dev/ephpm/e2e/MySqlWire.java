package dev.ephpm.e2e;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A MySQL client that sends any packet, for what well-behaved clients never do. Logs in with mysql_native_password;
 * text results only.
 */
final class MySqlWire implements AutoCloseable {
    static final int QUERY = 3;
    static final int PING = 14;
    static final int CHANGE_USER = 17;
    static final int RESET_CONNECTION = 31;

    private static final int CAPABILITIES = 0x0008_0000 // plugin authentication
            | 0x0000_8000 // secure connection
            | 0x0000_2000 // transactions
            | 0x0000_0200 // protocol 4.1
            | 0x0000_0008; // connect with database
    private static final int UTF8MB4 = 45;

    private final Socket socket;
    private final DataInputStream input;
    private byte[] scramble = {};
    private int sequence;

    private MySqlWire(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new DataInputStream(socket.getInputStream());
    }

    static MySqlWire login(Database database) {
        MySqlWire wire = greeted(database.port());
        Reply reply = wire.authenticate(database.user(), database.password(), database.name());
        if (reply.error() != 0) {
            throw new AssertionError("login failed: " + reply);
        }
        return wire;
    }

    /** Connected and greeted, not yet logged in. */
    static MySqlWire greeted(int port) {
        try {
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
            socket.setSoTimeout(60_000);
            MySqlWire wire = new MySqlWire(socket);
            wire.readGreeting();
            return wire;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot connect to MySQL on port " + port, e);
        }
    }

    Reply authenticate(String user, String password, String name) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        little(packet, CAPABILITIES, 4);
        little(packet, 1 << 24, 4);
        packet.write(UTF8MB4);
        packet.writeBytes(new byte[23]);
        text(packet, user);
        byte[] answer = nativePassword(password, scramble);
        packet.write(answer.length);
        packet.writeBytes(answer);
        text(packet, name);
        text(packet, "mysql_native_password");
        sequence = 1;
        write(packet.toByteArray());
        return authenticated(password);
    }

    Reply query(String sql) {
        return command(QUERY, sql.getBytes(StandardCharsets.UTF_8));
    }

    Reply command(int command, byte[] argument) {
        send(command, argument);
        return reply();
    }

    void send(int command, byte[] argument) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(command);
        packet.writeBytes(argument);
        sequence = 0;
        write(packet.toByteArray());
    }

    Reply changeUser(Database database) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        text(packet, database.user());
        byte[] answer = nativePassword(database.password(), scramble);
        packet.write(answer.length);
        packet.writeBytes(answer);
        text(packet, database.name());
        little(packet, UTF8MB4, 2);
        text(packet, "mysql_native_password");
        send(CHANGE_USER, packet.toByteArray());
        return authenticated(database.password());
    }

    /** Sends bytes as they are, without a packet around them. */
    void raw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot send", e);
        }
    }

    boolean closed() {
        try {
            return input.read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Breaks the connection off without COM_QUIT. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot reset", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close", e);
        }
    }

    /**
     * What the server said to one command.
     *
     * @param error MySQL's error number, 0 = none
     * @param rows text values; SQL NULL is {@code "NULL"}
     */
    record Reply(int error, String message, List<List<String>> rows) {
        String value() {
            if (error != 0 || rows.isEmpty()) {
                throw new AssertionError("expected a row, got " + this);
            }
            return rows.getFirst().getFirst();
        }
    }

    private void readGreeting() throws IOException {
        byte[] packet = read();
        if ((packet[0] & 0xff) == 0xff) {
            throw new IOException("refused: " + error(packet));
        }
        int end = 1;
        while (packet[end] != 0) {
            end++;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(packet, end + 5, 8);
        bytes.write(packet, end + 5 + 8 + 19, 12);
        scramble = bytes.toByteArray();
    }

    private Reply authenticated(String password) {
        try {
            byte[] packet = read();
            if ((packet[0] & 0xff) == 0xfe) {
                int end = 1;
                while (packet[end] != 0) {
                    end++;
                }
                scramble = Arrays.copyOfRange(packet, end + 1, end + 21);
                write(nativePassword(password, scramble));
                packet = read();
            }
            return (packet[0] & 0xff) == 0xff ? error(packet) : new Reply(0, "", List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("The login was not answered", e);
        }
    }

    private Reply reply() {
        try {
            byte[] packet = read();
            return switch (packet[0] & 0xff) {
                case 0x00, 0xfe -> new Reply(0, "", List.of());
                case 0xff -> error(packet);
                default -> rows(packet[0] & 0xff);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("The command was not answered", e);
        }
    }

    private Reply rows(int columns) throws IOException {
        for (int i = 0; i < columns + 1; i++) {
            read();
        }
        List<List<String>> rows = new ArrayList<>();
        while (true) {
            byte[] packet = read();
            if ((packet[0] & 0xff) == 0xff) {
                return error(packet);
            }
            if ((packet[0] & 0xff) == 0xfe && packet.length < 9) {
                return new Reply(0, "", rows);
            }
            rows.add(row(packet, columns));
        }
    }

    private static List<String> row(byte[] packet, int columns) {
        List<String> row = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < columns; i++) {
            int length = packet[at] & 0xff;
            at++;
            if (length == 0xfb) {
                row.add("NULL");
                continue;
            }
            if (length == 0xfc) {
                length = (packet[at] & 0xff) | (packet[at + 1] & 0xff) << 8;
                at += 2;
            }
            row.add(new String(packet, at, length, StandardCharsets.UTF_8));
            at += length;
        }
        return row;
    }

    private static Reply error(byte[] packet) {
        int number = (packet[1] & 0xff) | (packet[2] & 0xff) << 8;
        return new Reply(number, new String(packet, 3, packet.length - 3, StandardCharsets.UTF_8), List.of());
    }

    private byte[] read() throws IOException {
        int length = input.readUnsignedByte() | input.readUnsignedByte() << 8 | input.readUnsignedByte() << 16;
        int received = input.readUnsignedByte();
        if (received != (sequence & 0xff)) {
            throw new IOException("packet " + received + " came where " + (sequence & 0xff) + " was due");
        }
        sequence++;
        return input.readNBytes(length);
    }

    private void write(byte[] payload) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        little(packet, payload.length, 3);
        packet.write(sequence++);
        packet.writeBytes(payload);
        raw(packet.toByteArray());
    }

    private static void text(ByteArrayOutputStream packet, String text) {
        packet.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        packet.write(0);
    }

    private static void little(ByteArrayOutputStream packet, int value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            packet.write(value >>> (8 * i));
        }
    }

    private static byte[] nativePassword(String password, byte[] scramble) {
        if (password.isEmpty()) {
            return new byte[0];
        }
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] once = sha1.digest(password.getBytes(StandardCharsets.UTF_8));
            byte[] twice = sha1.digest(once);
            sha1.update(scramble);
            byte[] mask = sha1.digest(twice);
            for (int i = 0; i < once.length; i++) {
                once[i] ^= mask[i];
            }
            return once;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
