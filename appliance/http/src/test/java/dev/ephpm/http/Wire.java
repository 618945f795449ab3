package dev.ephpm.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A raw socket: sends exactly the bytes it is given. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    Wire(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Wire send(String latin1) {
        return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** False when the other side has closed already. */
    boolean trySend(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    Answer answer() {
        return answer(false);
    }

    Answer answer(boolean head) {
        try {
            return Answer.read(in, head);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next byte; −1 at the end of the connection, however it came. */
    int read() {
        try {
            return in.read();
        } catch (SocketTimeoutException open) {
            throw new AssertionError("connection is still open", open);
        } catch (IOException reset) {
            return -1;
        }
    }

    /** Reads to the end of the connection; fails when it stays open. */
    String rest() {
        StringBuilder rest = new StringBuilder();
        for (int b = read(); b >= 0; b = read()) {
            rest.append((char) b);
        }
        return rest.toString();
    }

    /** Ends the connection with a reset. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int localPort() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
