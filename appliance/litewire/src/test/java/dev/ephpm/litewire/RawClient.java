package dev.ephpm.litewire;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A client that sends exactly the bytes a test wants. */
final class RawClient implements AutoCloseable {
    static final int ERROR = 0xFF;
    static final int END = 0xFE;
    static final int OK = 0;

    private static final int CAPABILITIES = 0x1aa285;
    private static final int WITH_DATABASE = 8;

    private final SocketChannel channel;
    private final DataInputStream in;
    private final OutputStream out;
    private int sequence;
    private byte[] nonce = new byte[0];

    RawClient(SocketAddress address) throws IOException {
        channel = SocketChannel.open(address);
        in = new DataInputStream(inputOf(channel));
        out = outputOf(channel);
    }

    private static InputStream inputOf(SocketChannel channel) {
        return Channels.newInputStream(channel);
    }

    private static OutputStream outputOf(SocketChannel channel) {
        return Channels.newOutputStream(channel);
    }

    static RawClient unix(Path socket) throws IOException {
        return new RawClient(UnixDomainSocketAddress.of(socket));
    }

    static RawClient tcp(int port) throws IOException {
        return new RawClient(new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), port));
    }

    /** Reads the greeting and logs in; gives the server's answer. */
    byte[] logIn(String user, String password) throws IOException {
        readGreeting();
        return respond(user, "mysql_native_password", token(password));
    }

    /** As {@link #logIn}, with caching_sha2_password. */
    byte[] logInBySha2(String user, String password) throws IOException {
        readGreeting();
        byte[] once = digest("SHA-256", password.getBytes(StandardCharsets.UTF_8));
        byte[] mask = digest("SHA-256", digest("SHA-256", once), nonce);
        for (int i = 0; i < mask.length; i++) {
            mask[i] ^= once[i];
        }
        return respond(user, "caching_sha2_password", mask);
    }

    void readGreeting() throws IOException {
        byte[] greeting = read();
        int version = indexOfZero(greeting, 1) + 1;
        nonce = new byte[20];
        System.arraycopy(greeting, version + 4, nonce, 0, 8);
        System.arraycopy(greeting, version + 4 + 8 + 1 + 18, nonce, 8, 12);
    }

    byte[] respond(String user, String plugin, byte[] token) throws IOException {
        Bytes response = new Bytes()
                .integer(CAPABILITIES | WITH_DATABASE, 4)
                .integer(0x1000000, 4)
                .integer(45, 1)
                .zeros(23)
                .text(user)
                .zeros(1);
        response.integer(token.length, 1)
                .bytes(token)
                .text("wp")
                .zeros(1)
                .text(plugin)
                .zeros(1);
        send(response.toArray());
        return read();
    }

    private byte[] token(String password) {
        byte[] once = sha1(password.getBytes(StandardCharsets.UTF_8));
        byte[] mask = sha1(nonce, sha1(once));
        for (int i = 0; i < mask.length; i++) {
            mask[i] ^= once[i];
        }
        return mask;
    }

    /** Answers an AuthSwitchRequest with the password. */
    void answerSwitch(byte[] request, String password) throws IOException {
        int start = indexOfZero(request, 1) + 1;
        nonce = Arrays.copyOfRange(request, start, start + 20);
        send(token(password));
    }

    private static byte[] sha1(byte[]... parts) {
        return digest("SHA-1", parts);
    }

    private static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static int indexOfZero(byte[] bytes, int from) {
        int index = from;
        while (bytes[index] != 0) {
            index++;
        }
        return index;
    }

    /** Sends a command and gives the first packet of its answer. */
    byte[] command(int code, String text) throws IOException {
        return command(code, text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] command(int code, byte[] arguments) throws IOException {
        sendCommand(code, arguments);
        return read();
    }

    void sendCommand(int code, byte[] arguments) throws IOException {
        sequence = 0;
        send(new Bytes().integer(code, 1).bytes(arguments).toArray());
    }

    byte[] query(String sql) throws IOException {
        return command(3, sql);
    }

    /** The single value of a query's single row. */
    String value(String sql) throws IOException {
        byte[] first = query(sql);
        if ((first[0] & 0xff) == ERROR) {
            throw new IOException(text(first));
        }
        for (int i = 0; i < first[0] + 1; i++) {
            read();
        }
        byte[] row = read();
        byte[] value = Arrays.copyOfRange(row, 1, row.length);
        read();
        return new String(value, StandardCharsets.UTF_8);
    }

    void send(byte[] payload) throws IOException {
        Bytes packet =
                new Bytes().integer(payload.length, 3).integer(sequence++, 1).bytes(payload);
        sendRaw(packet.toArray());
    }

    void sendRaw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    byte[] read() throws IOException {
        int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
        sequence = in.readUnsignedByte() + 1;
        return in.readNBytes(length);
    }

    /** Reads this many bytes of whatever comes. */
    void skip(long bytes) throws IOException {
        in.skipNBytes(bytes);
    }

    /** Sequence number of the packet read last. */
    int lastSequence() {
        return sequence - 1;
    }

    /** Whether the server has hung up. */
    boolean ended() throws IOException {
        try {
            return in.read() < 0;
        } catch (EOFException e) {
            return true;
        }
    }

    static int errorNumber(byte[] packet) {
        return (packet[0] & 0xff) == ERROR ? (packet[1] & 0xff) | (packet[2] & 0xff) << 8 : 0;
    }

    static String text(byte[] packet) {
        return new String(packet, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Builds little-endian bytes. */
    static final class Bytes {
        private final java.io.ByteArrayOutputStream target = new java.io.ByteArrayOutputStream();

        Bytes integer(long value, int width) {
            for (int i = 0; i < width; i++) {
                target.write((int) (value >>> (8 * i)));
            }
            return this;
        }

        Bytes bytes(byte[] bytes) {
            target.writeBytes(bytes);
            return this;
        }

        Bytes text(String text) {
            return bytes(text.getBytes(StandardCharsets.UTF_8));
        }

        Bytes zeros(int count) {
            return bytes(new byte[count]);
        }

        byte[] toArray() {
            return target.toByteArray();
        }
    }
}
