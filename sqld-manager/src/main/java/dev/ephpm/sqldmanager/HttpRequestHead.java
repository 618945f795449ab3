package dev.ephpm.sqldmanager;

import java.nio.charset.StandardCharsets;

/** The head of a request to sqld. Every part of it is ours: no text from outside is in it but a checked site name. */
final class HttpRequestHead {
    private HttpRequestHead() {}

    static byte[] of(String method, String path, Endpoint endpoint, String moreHeaders, int bodyLength) {
        String head = method + " " + path + " HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: " + endpoint.authorization()
                + "\r\n" + moreHeaders + "content-length: " + bodyLength + "\r\n\r\n";
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }
}
