package dev.ephpm.e2e;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A {@code multipart/form-data} body. */
final class Multipart {
    private static final String BOUNDARY = "----ephpm-e2e-boundary";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Multipart field(String name, String value) {
        text("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
        return this;
    }

    Multipart file(String name, String fileName, String type, byte[] content) {
        bytes.writeBytes(opening(name, fileName, type));
        bytes.writeBytes(content);
        text("\r\n");
        return this;
    }

    byte[] body() {
        text("--" + BOUNDARY + "--\r\n");
        return bytes.toByteArray();
    }

    /** What stands before the content of a file. */
    static byte[] opening(String name, String fileName, String type) {
        String text = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\""
                + fileName + "\"\r\nContent-Type: " + type + "\r\n\r\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What stands after the content of the last file. */
    static byte[] closing() {
        return ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    static String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    Call call(String host, String target) {
        return Call.of("POST", host, target)
                .header("Content-Type", contentType())
                .body(body());
    }

    private void text(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
