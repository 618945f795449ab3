package dev.ephpm.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A TCP connection to the appliance that sends any bytes and reads HTTP/1.1 answers. */
final class Wire implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Socket socket;
    private final InputStream input;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream());
    }

    static Wire to(int port) {
        try {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            return new Wire(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot connect to port " + port, e);
        }
    }

    Wire send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot send", e);
        }
    }

    /** Sends text one byte a character, so that tests can name any byte. */
    Wire send(String latin1) {
        return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Like {@link #send(byte[])} for requests the other side may refuse before it has read them. */
    Wire offer(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException refused) {
            // The answer, or its absence, is what the test looks at.
        }
        return this;
    }

    Answer call(Call call) {
        return send(call.bytes()).answer(call.isHead());
    }

    Answer answer() {
        return answer(false);
    }

    /** Reads one response; informational ones are skipped. */
    Answer answer(boolean head) {
        try {
            String statusLine = line();
            if (!statusLine.startsWith("HTTP/1.")) {
                throw new IOException("no status line but '" + statusLine + "'");
            }
            int status = Integer.parseInt(statusLine.substring(9, 12));
            List<Map.Entry<String, String>> headers = headers();
            if (status < 200) {
                return answer(head);
            }
            return body(new Answer(status, headers, new byte[0], true), head);
        } catch (IOException e) {
            throw new UncheckedIOException("No answer", e);
        }
    }

    /** Reads the head only; the body is left for {@link #some()}. */
    Answer head() {
        return answer(true);
    }

    /** Waits for the next bytes and gives what has arrived; empty at the end of the stream. */
    byte[] some() {
        try {
            byte[] buffer = new byte[16 * 1024];
            int count = input.read(buffer);
            return count < 0 ? new byte[0] : java.util.Arrays.copyOf(buffer, count);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read", e);
        }
    }

    /** Whether the other side closes within the time, whatever it says before. */
    boolean closesWithin(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                socket.setSoTimeout((int) left);
                if (input.read() < 0) {
                    return true;
                }
            }
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Everything until the other side closes. */
    byte[] untilClosed() {
        try {
            return input.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The connection broke", e);
        }
    }

    InputStream input() {
        return input;
    }

    /** Ends the connection without ceremony, as a crashed client would. */
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

    private Answer body(Answer answer, boolean head) throws IOException {
        if (head || answer.status() == 204 || answer.status() == 304) {
            return answer;
        }
        if (answer.header("Transfer-Encoding").map("chunked"::equalsIgnoreCase).orElse(false)) {
            return chunkedBody(answer);
        }
        String length = answer.header("Content-Length").orElse("");
        if (length.isEmpty()) {
            return new Answer(answer.status(), answer.headers(), input.readAllBytes(), true);
        }
        int expected = Integer.parseInt(length);
        byte[] body = readUpTo(expected);
        return new Answer(answer.status(), answer.headers(), body, body.length == expected);
    }

    private Answer chunkedBody(Answer answer) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean complete = false;
        try {
            while (true) {
                String size = line();
                int length = Integer.parseInt(size.split(";", 2)[0].trim(), 16);
                body.writeBytes(readUpTo(length));
                if (length == 0) {
                    headers();
                    complete = true;
                    break;
                }
                line();
            }
        } catch (IOException | NumberFormatException ended) {
            complete = false;
        }
        return new Answer(answer.status(), answer.headers(), body.toByteArray(), complete);
    }

    private byte[] readUpTo(int count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            while (bytes.size() < count) {
                byte[] next = input.readNBytes(Math.min(count - bytes.size(), 64 * 1024));
                if (next.length == 0) {
                    break;
                }
                bytes.writeBytes(next);
            }
        } catch (SocketTimeoutException e) {
            throw new UncheckedIOException("The body stopped after " + bytes.size() + " of " + count + " bytes", e);
        } catch (IOException reset) {
            // What arrived before the reset is the answer; it is reported as incomplete.
        }
        return bytes.toByteArray();
    }

    private List<Map.Entry<String, String>> headers() throws IOException {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("not a header: '" + line + "'");
            }
            headers.add(Map.entry(
                    line.substring(0, colon), line.substring(colon + 1).trim()));
        }
        return headers;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = input.read();
            if (next < 0) {
                throw new IOException(
                        "the connection ended after '" + line.toString(StandardCharsets.ISO_8859_1) + "'");
            }
            if (next == '\n') {
                break;
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
