package dev.ephpm.sqldmanager;

import dev.ephpm.config.SiteName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The head of a request to sqld. Every part of it is ours: no text from outside is in it but a checked site name. */
final class HttpRequestHead {
    private HttpRequestHead() {}

    /** The header that names the site: sqld refuses padding, and would cut a host name at its first dot. */
    static String namespace(SiteName site) {
        byte[] name = site.value().getBytes(StandardCharsets.US_ASCII);
        return "x-namespace-bin: " + Base64.getEncoder().withoutPadding().encodeToString(name) + "\r\n";
    }

    static byte[] of(String method, String path, Endpoint endpoint, String moreHeaders, int bodyLength) {
        String head = method + " " + path + " HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: " + endpoint.authorization()
                + "\r\n" + moreHeaders + "content-length: " + bodyLength + "\r\n\r\n";
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }
}
