package dev.ephpm.http;

import dev.ephpm.config.ResponseConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers every response carries. A header that PHP has set itself is not doubled. */
final class CommonHeaders {
    private record Fixed(CharSequence name, CharSequence value) {}

    private final @Nullable CharSequence server;
    private final List<Fixed> configured;

    CommonHeaders(ResponseConfig config) {
        this.server = config.serverHeader().isEmpty() ? null : HttpHeaders.createOptimized(config.serverHeader());
        this.configured = config.headers().stream()
                .map(header -> new Fixed(
                        HttpHeaders.createOptimized(header.name().toLowerCase(java.util.Locale.ROOT)),
                        HttpHeaders.createOptimized(header.value())))
                .toList();
    }

    void addTo(MultiMap headers, CharSequence date) {
        if (server != null) {
            headers.set(HttpHeaders.SERVER, server);
        }
        headers.set(HttpHeaders.DATE, date);
        if (configured.isEmpty()) {
            return;
        }
        List<Fixed> absent = configured.stream()
                .filter(fixed -> !headers.contains(fixed.name()))
                .toList();
        absent.forEach(fixed -> headers.add(fixed.name(), fixed.value()));
    }
}
