package dev.ephpm.e2e;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** A response as it came off the wire. */
final class Answer {
    private final int status;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;
    private final boolean complete;

    /**
     * @param headers in the order sent, names as sent
     * @param complete false when the connection ended before the body did
     */
    Answer(int status, List<Map.Entry<String, String>> headers, byte[] body, boolean complete) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = body;
        this.complete = complete;
    }

    int status() {
        return status;
    }

    List<Map.Entry<String, String>> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    boolean complete() {
        return complete;
    }

    List<String> headers(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The only value of a header. */
    Optional<String> header(String name) {
        List<String> values = headers(name);
        if (values.size() > 1) {
            throw new AssertionError("header " + name + " came more than once: " + values);
        }
        return values.stream().findFirst();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    byte[] gunzipped() {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The body is not gzip", e);
        }
    }

    Answer expect(int expectedStatus) {
        if (status != expectedStatus || !complete) {
            throw new AssertionError("expected a whole " + expectedStatus + ", got " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        String text = text();
        return status + (complete ? "" : " (truncated)") + " " + headers + "\n"
                + (text.length() > 2000 ? text.substring(0, 2000) + "…" : text);
    }
}
