package dev.ephpm.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A response as read from the wire. */
final class Answer {
    private final int status;
    private final List<String> head;
    private final byte[] body;

    /** @param head status line and header lines as sent */
    private Answer(int status, List<String> head, byte[] body) {
        this.status = status;
        this.head = head;
        this.body = body;
    }

    int status() {
        return status;
    }

    List<String> head() {
        return head;
    }

    byte[] body() {
        return body;
    }

    static Answer read(InputStream in, boolean withoutBody) throws IOException {
        List<String> head = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.add(line);
        }
        int status = Integer.parseInt(head.get(0).split(" ")[1]);
        if (status == 100) {
            return new Answer(status, head, new byte[0]);
        }
        Answer answer = new Answer(status, head, new byte[0]);
        if (withoutBody || status == 204 || status == 304) {
            return answer;
        }
        return new Answer(status, head, body(in, answer));
    }

    private static byte[] body(InputStream in, Answer answer) throws IOException {
        String length = answer.header("content-length");
        if (length != null) {
            byte[] body = in.readNBytes(Integer.parseInt(length));
            if (body.length < Integer.parseInt(length)) {
                throw new EOFException("body ended after " + body.length + " of " + length + " bytes");
            }
            return body;
        }
        if (!"chunked".equals(answer.header("transfer-encoding"))) {
            return in.readAllBytes();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("connection ended in a line: " + line);
            }
            line.append((char) b);
        }
        return line.toString().stripTrailing();
    }

    @Nullable
    String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    List<String> headers(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).trim())
                .toList();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
