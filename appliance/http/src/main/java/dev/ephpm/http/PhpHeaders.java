package dev.ephpm.http;

import dev.ephpm.phpbridge.PhpResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The headers of a PHP response that may pass: everything but what concerns only this connection, what the server says
 * itself, and what is not a header at all.
 *
 * @param contentLength what PHP announced; −1 = nothing
 */
record PhpHeaders(List<Map.Entry<String, String>> fields, long contentLength, boolean isCompressible) {
    private static final Logger log = LoggerFactory.getLogger(PhpHeaders.class);

    private static final Set<String> NOT_PASSED = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "status",
            "content-length",
            "date",
            "server");

    static PhpHeaders of(PhpResponse php) {
        List<Map.Entry<String, String>> fields = new ArrayList<>(php.headers().size());
        long contentLength = -1;
        String contentType = "";
        boolean transformable = true;
        for (Map.Entry<String, String> header : php.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            String value = header.getValue();
            switch (name) {
                case "content-length" -> contentLength = length(value);
                case "content-type" -> contentType = value;
                case "content-encoding", "content-range" -> transformable = false;
                case "cache-control" ->
                    transformable &= !value.toLowerCase(Locale.ROOT).contains("no-transform");
                default -> {
                    // Says nothing about how the body is sent.
                }
            }
            if (!NOT_PASSED.contains(name) && isValid(name, value)) {
                fields.add(Map.entry(header.getKey(), value));
            }
        }
        return new PhpHeaders(fields, contentLength, transformable && ContentTypes.isCompressible(contentType));
    }

    private static long length(String value) {
        try {
            return Math.max(-1, Long.parseLong(value.trim()));
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    private static boolean isValid(String name, String value) {
        boolean valid = !name.isEmpty()
                && name.chars().allMatch(PhpHeaders::isTokenCharacter)
                && value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f));
        if (!valid) {
            log.debug("PHP set a header that cannot be sent");
        }
        return valid;
    }

    private static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    void addTo(MultiMap out) {
        for (Map.Entry<String, String> field : fields) {
            out.add(field.getKey(), field.getValue());
        }
    }

    /** Says that the body depends on Accept-Encoding, next to what PHP says it depends on. */
    void addVary(MultiMap out) {
        String vary = String.join(", ", out.getAll(HttpHeaders.VARY));
        String lower = vary.toLowerCase(Locale.ROOT);
        if (!lower.contains("accept-encoding") && !lower.contains("*")) {
            out.set(HttpHeaders.VARY, vary.isEmpty() ? "Accept-Encoding" : vary + ", Accept-Encoding");
        }
    }
}
