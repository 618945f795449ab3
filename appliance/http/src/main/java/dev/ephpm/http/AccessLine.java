package dev.ephpm.http;

import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One request for the access log. Everything a client chose is escaped when the line is made. */
record AccessLine(
        Instant time,
        String client,
        @Nullable String host,
        @Nullable String site,
        String method,
        String uri,
        String protocol,
        int status,
        long bytes,
        long nanos,
        String source,
        @Nullable String referer,
        @Nullable String userAgent) {
    private static final DateTimeFormatter COMBINED_TIME = DateTimeFormatter.ofPattern(
                    "dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneId.systemDefault());
    private static final String HEX = "0123456789abcdef";

    static AccessLine of(Exchange exchange, Client client, int status, long nanos) {
        HttpServerRequest request = exchange.request();
        HostMatch match = exchange.host();
        return new AccessLine(
                Instant.now(),
                client.address(),
                match == null ? request.headers().get("host") : match.header(),
                match == null ? null : match.state().site().name(),
                request.method().name(),
                exchange.uriForLog(),
                PhpVariables.protocol(request.version()),
                status,
                exchange.bytesSent(),
                nanos,
                exchange.source().name().toLowerCase(Locale.ROOT),
                request.headers().get("referer"),
                request.headers().get("user-agent"));
    }

    /** The combined format of Apache and nginx. */
    String combined() {
        StringBuilder line = new StringBuilder(256);
        line.append(client).append(" - - [").append(COMBINED_TIME.format(time)).append("] \"");
        escape(line, method).append(' ');
        escape(line, uri)
                .append(' ')
                .append(protocol)
                .append("\" ")
                .append(status)
                .append(' ')
                .append(bytes);
        line.append(" \"");
        escape(line, referer == null ? "-" : referer).append("\" \"");
        return escape(line, userAgent == null ? "-" : userAgent).append('"').toString();
    }

    private static StringBuilder escape(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c >= 0x7f) {
                line.append("\\x").append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
            } else {
                line.append(c);
            }
        }
        return line;
    }

    String json() {
        StringBuilder line = new StringBuilder(320).append('{');
        text(line, "time", time.toString());
        text(line, "client", client);
        text(line, "host", host);
        text(line, "site", site);
        text(line, "method", method);
        text(line, "uri", uri);
        text(line, "protocol", protocol);
        line.append("\"status\":").append(status);
        line.append(",\"bytes\":").append(bytes);
        line.append(",\"duration_us\":").append(nanos / 1000).append(',');
        text(line, "source", source);
        text(line, "referer", referer);
        text(line, "user_agent", userAgent);
        line.setCharAt(line.length() - 1, '}');
        return line.toString();
    }

    private static void text(StringBuilder line, String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        line.append('"').append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7f) {
                line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        line.append("\",");
    }
}
