package dev.ephpm.sqldmanager;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * A kept-alive HTTP/1.1 connection to an sqld of ours, one exchange at a time, blocking the caller's thread: no other thread
 * takes part in a statement. It knows what sqld sends, answers with a length, and no more of HTTP.
 */
final class LoopbackConnection implements Closeable {
    private static final int HEAD_LIMIT = 16 * 1024;
    private static final int FIRST_READ = 8 * 1024;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final InputStream input;
    private final int bodyLimit;
    private final byte[] head = new byte[HEAD_LIMIT];

    private LoopbackConnection(SocketChannel channel, int bodyLimit) throws IOException {
        this.channel = channel;
        this.input = channel.socket().getInputStream();
        this.bodyLimit = bodyLimit;
    }

    static LoopbackConnection open(Endpoint endpoint, int bodyLimit) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(endpoint.address());
            return new LoopbackConnection(channel, bodyLimit);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** True when the other side has closed it, or said something unasked. Costs a system call or three, no waiting. */
    boolean isSpent() {
        try {
            channel.configureBlocking(false);
            try {
                return channel.read(ByteBuffer.allocate(1)) != 0;
            } finally {
                channel.configureBlocking(true);
            }
        } catch (IOException e) {
            return true;
        }
    }

    /** Sends a request and waits for the whole answer. After any exception the connection is of no more use. */
    HttpAnswer exchange(byte[] requestHead, byte[] requestBody, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        ByteBuffer[] request = {ByteBuffer.wrap(requestHead), ByteBuffer.wrap(requestBody)};
        while (request[1].hasRemaining() || request[0].hasRemaining()) {
            channel.write(request);
        }
        int filled = 0;
        int headLength = -1;
        while (headLength < 0) {
            if (filled == HEAD_LIMIT) {
                throw new IOException("the head of an answer has more than " + HEAD_LIMIT + " bytes");
            }
            int from = Math.max(0, filled - END_OF_HEAD.length + 1);
            filled += read(head, filled, Math.min(FIRST_READ, HEAD_LIMIT - filled), deadline);
            headLength = endOfHead(from, filled);
        }
        AnswerHead parsed = AnswerHead.parse(new String(head, 0, headLength, StandardCharsets.ISO_8859_1));
        if (parsed.length() > bodyLimit) {
            throw new IOException("an answer of " + parsed.length() + " bytes is over the limit of " + bodyLimit);
        }
        byte[] body = new byte[(int) parsed.length()];
        int present = filled - headLength;
        if (present > body.length) {
            throw new IOException("an answer is followed by bytes nobody asked for");
        }
        System.arraycopy(head, headLength, body, 0, present);
        while (present < body.length) {
            present += read(body, present, body.length - present, deadline);
        }
        return new HttpAnswer(parsed.status(), body);
    }

    private int read(byte[] target, int offset, int length, long deadline) throws IOException {
        long left = (deadline - System.nanoTime() + 999_999) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        channel.socket().setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
        int count = input.read(target, offset, length);
        if (count < 0) {
            throw new EOFException("sqld closed the connection");
        }
        return count;
    }

    private int endOfHead(int from, int filled) {
        for (int at = from; at + END_OF_HEAD.length <= filled; at++) {
            if (head[at] == '\r' && head[at + 1] == '\n' && head[at + 2] == '\r' && head[at + 3] == '\n') {
                return at + END_OF_HEAD.length;
            }
        }
        return -1;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            /* Nobody waits for anything on it. */
            return;
        }
    }

    /** What is needed of an answer's head. */
    private record AnswerHead(int status, long length) {
        private static final String LENGTH = "content-length:";

        static AnswerHead parse(String head) throws IOException {
            String[] lines = head.split("\r\n", -1);
            String[] words = lines[0].split(" ", 3);
            if (words.length < 2 || !"HTTP/1.1".equals(words[0]) || !words[1].matches("[1-5]\\d\\d")) {
                throw new IOException("not an HTTP answer: " + lines[0]);
            }
            for (String line : lines) {
                String lower = line.toLowerCase(Locale.ROOT);
                if (lower.startsWith(LENGTH)) {
                    return new AnswerHead(
                            Integer.parseInt(words[1]),
                            number(lower.substring(LENGTH.length()).strip()));
                }
            }
            throw new IOException("an answer without a length");
        }

        private static long number(String digits) throws IOException {
            if (!digits.matches("\\d{1,18}")) {
                throw new IOException("an answer of the length '" + digits + "'");
            }
            return Long.parseLong(digits);
        }
    }
}
