package dev.ephpm.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code $_SERVER} as PHP applications know it from FastCGI (RFC 3875 and php-fpm's habits). */
final class PhpVariables {
    private static final String SOFTWARE = "ephpm";

    /** Have variables of their own, or would become something dangerous: Proxy would be taken for HTTP_PROXY. */
    private static final Set<String> NOT_PASSED = Set.of("content-type", "content-length", "proxy", "host");

    private PhpVariables() {}

    static Map<String, String> of(Exchange exchange, Resolution.Script script, String query, Client client) {
        Map<String, String> variables = new LinkedHashMap<>(64);
        HttpServerRequest request = exchange.request();
        String root = script.tenant().documentRoot().toString();
        script(variables, exchange, script, root, query);
        variables.put("REQUEST_METHOD", request.method().name());
        variables.put("GATEWAY_INTERFACE", "CGI/1.1");
        variables.put("SERVER_SOFTWARE", SOFTWARE);
        variables.put("SERVER_PROTOCOL", protocol(request.version()));
        variables.put("REQUEST_SCHEME", client.secure() ? "https" : "http");
        if (client.secure()) {
            variables.put("HTTPS", "on");
        }
        addresses(variables, exchange, client);
        variables.put("REDIRECT_STATUS", "200");
        content(variables, exchange);
        headers(variables, exchange);
        return variables;
    }

    private static void script(
            Map<String, String> variables, Exchange exchange, Resolution.Script script, String root, String query) {
        variables.put("DOCUMENT_ROOT", root);
        variables.put("SCRIPT_FILENAME", script.file().toString());
        variables.put("SCRIPT_NAME", script.scriptName());
        variables.put("PHP_SELF", script.scriptName() + script.pathInfo());
        if (!script.pathInfo().isEmpty()) {
            variables.put("PATH_INFO", script.pathInfo());
            variables.put("PATH_TRANSLATED", Path.of(root + script.pathInfo()).toString());
        }
        variables.put("REQUEST_URI", text(exchange.target().uri()));
        variables.put("QUERY_STRING", query);
    }

    static String protocol(@Nullable HttpVersion version) {
        if (version == HttpVersion.HTTP_2) {
            return "HTTP/2.0";
        }
        return version == HttpVersion.HTTP_1_0 ? "HTTP/1.0" : "HTTP/1.1";
    }

    private static void addresses(Map<String, String> variables, Exchange exchange, Client client) {
        SocketAddress local = exchange.request().localAddress();
        String address = local == null || local.hostAddress() == null ? "127.0.0.1" : local.hostAddress();
        int port = local == null ? 80 : local.port();
        boolean secureByProxy = client.secure() && !exchange.request().isSSL();
        HostMatch match = exchange.host();
        boolean named = match != null && !match.host().value().equals(dev.ephpm.sites.Site.FALLBACK);
        variables.put("SERVER_NAME", named && match != null ? match.host().value() : address);
        variables.put("SERVER_PORT", Integer.toString(secureByProxy ? 443 : port));
        variables.put("SERVER_ADDR", address);
        variables.put("REMOTE_ADDR", client.address());
        variables.put("REMOTE_PORT", Integer.toString(client.port()));
    }

    private static void content(Map<String, String> variables, Exchange exchange) {
        MultiMap headers = exchange.request().headers();
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        variables.put("CONTENT_TYPE", type == null ? "" : text(type));
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        variables.put("CONTENT_LENGTH", length == null ? "" : length);
    }

    private static void headers(Map<String, String> variables, Exchange exchange) {
        HostMatch match = exchange.host();
        String host = match == null ? null : match.header();
        if (host != null) {
            variables.put("HTTP_HOST", text(host));
        }
        for (Map.Entry<String, String> header : exchange.request().headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (NOT_PASSED.contains(name) || !isPassable(name)) {
                continue;
            }
            String variable = "HTTP_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
            String separator = name.equals("cookie") ? "; " : ", ";
            variables.merge(variable, text(header.getValue()), (first, next) -> first + separator + next);
        }
    }

    /** An underscore would make two headers one variable, so that a client could overwrite what a proxy has set. */
    private static boolean isPassable(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** All cookies of the request in one line, as HTTP/2 clients may split them. */
    static @Nullable String cookie(MultiMap headers) {
        List<String> lines = headers.getAll(HttpHeaders.COOKIE);
        return lines.isEmpty() ? null : text(String.join("; ", lines));
    }

    /** Header bytes arrive as Latin-1 characters; what is UTF-8 becomes the same bytes again when it is encoded. */
    static String text(String received) {
        for (int i = 0; i < received.length(); i++) {
            if (received.charAt(i) > 0x7f) {
                return utf8(received);
            }
        }
        return received;
    }

    private static String utf8(String received) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(received.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException latin) {
            return received;
        }
    }
}
