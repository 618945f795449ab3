package dev.ephpm.e2e;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An HTTP/1.1 request, spelled exactly as given: no tidying of paths or headers. */
final class Call {
    private final String method;
    private final String target;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private byte[] body = {};
    private boolean chunked;

    private Call(String method, String target) {
        this.method = method;
        this.target = target;
    }

    static Call of(String method, String host, String target) {
        return new Call(method, target).header("Host", host);
    }

    static Call get(String host, String target) {
        return of("GET", host, target);
    }

    static Call post(String host, String target, Map<String, String> form) {
        return of("POST", host, target)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(encoded(form));
    }

    static String encoded(Map<String, String> form) {
        List<String> pairs = new ArrayList<>();
        form.forEach((name, value) -> pairs.add(encoded(name) + "=" + encoded(value)));
        return String.join("&", pairs);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Call header(String name, String value) {
        headers.add(Map.entry(name, value));
        return this;
    }

    Call body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    Call body(byte[] bytes) {
        body = bytes;
        return this;
    }

    /** Sends the body in chunks instead of announcing its length. */
    Call chunked() {
        chunked = true;
        return this;
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        headers.forEach(header -> head.append(header.getKey())
                .append(": ")
                .append(header.getValue())
                .append("\r\n"));
        if (chunked) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (body.length > 0 || method.equals("POST")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        bytes.writeBytes((head + "\r\n").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(chunked ? inChunks() : body);
        return bytes.toByteArray();
    }

    private byte[] inChunks() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int chunk = 700;
        for (int start = 0; start < body.length; start += chunk) {
            int length = Math.min(chunk, body.length - start);
            bytes.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            bytes.write(body, start, length);
            bytes.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        bytes.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }
}
