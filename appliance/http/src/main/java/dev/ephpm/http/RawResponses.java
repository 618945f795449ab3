package dev.ephpm.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/** Answers for connections that have no HTTP codec yet. */
final class RawResponses {
    private RawResponses() {}

    static ByteBuf badRequest(ByteBufAllocator allocator) {
        return response(allocator, "400 Bad Request", "");
    }

    static ByteBuf tooManyConnections(ByteBufAllocator allocator) {
        return response(allocator, "503 Service Unavailable", "Retry-After: 1\r\n");
    }

    private static ByteBuf response(ByteBufAllocator allocator, String status, String headers) {
        return ByteBufUtil.writeAscii(
                allocator, "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\nConnection: close\r\n\r\n");
    }
}
