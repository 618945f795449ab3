package dev.ephpm.phpbridge;

import io.netty.buffer.ByteBuf;
import java.util.Map;

/** Writes a request the way the shim reads it. */
final class RequestFrame {
    private RequestFrame() {}

    /** @throws PhpException TOO_LARGE when the variables do not fit a frame */
    static void write(ByteBuf out, int tenantSlot, PhpRequest request) {
        Map<String, String> variables = request.serverVariables();
        if (variables.size() > Frames.VARIABLES) {
            throw tooLarge(request);
        }
        int start = Frames.open(out, Frames.REQUEST_FRAME, request.body() == null ? 0 : Frames.REQUEST_HAS_BODY);
        out.writeShortLE(tenantSlot);
        out.writeShortLE(variables.size());
        out.writeLongLE(request.contentLength());
        Frames.text(out, request.script().toString());
        Frames.text(out, request.method());
        Frames.text(out, request.uri());
        Frames.text(out, request.queryString());
        Frames.optional(out, request.contentType());
        Frames.optional(out, request.cookie());
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            Frames.text(out, variable.getKey());
            Frames.text(out, variable.getValue());
        }
        Frames.close(out, start);
        if (Frames.length(out, start) > Frames.LIMIT) {
            throw tooLarge(request);
        }
    }

    private static PhpException tooLarge(PhpRequest request) {
        return new PhpException(
                PhpException.Reason.TOO_LARGE,
                "cannot pass a request of site " + request.tenant().name() + " to PHP: its variables exceed "
                        + Frames.VARIABLES + " names or " + Frames.LIMIT
                        + " bytes; lower the limit for request headers");
    }
}
