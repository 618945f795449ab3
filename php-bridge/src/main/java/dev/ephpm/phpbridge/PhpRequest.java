package dev.ephpm.phpbridge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request for PHP. All text reaches it as UTF-8.
 *
 * @param script absolute path of the script
 * @param uri request target as received
 * @param contentLength −1 when the client sent no length (chunked)
 * @param serverVariables {@code $_SERVER} of this request, in order, without the tenant's environment
 * @param body paused; the engine reads it as PHP asks for it. Null = no body
 */
public record PhpRequest(
        PhpTenant tenant,
        Path script,
        String method,
        String uri,
        String queryString,
        @Nullable String contentType,
        long contentLength,
        @Nullable String cookie,
        Map<String, String> serverVariables,
        @Nullable ReadStream<Buffer> body) {}
