package dev.ephpm.litewire.replay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Pieces that packets are made of. */
final class Payloads {
    private Payloads() {}

    /** Text up to a NUL or the end of the packet. */
    static String terminated(ByteBuffer in) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (in.hasRemaining()) {
            byte next = in.get();
            if (next == 0) {
                break;
            }
            text.write(next);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    static byte[] lengthEncoded(ByteBuffer in) {
        int first = in.get() & 0xff;
        long length = switch (first) {
            case 0xfc -> in.getShort() & 0xffff;
            case 0xfd -> (in.getShort() & 0xffff) | (in.get() & 0xff) << 16;
            case 0xfe -> in.getLong();
            default -> first;
        };
        byte[] bytes = new byte[Math.toIntExact(length)];
        in.get(bytes);
        return bytes;
    }

    static byte[] rest(byte[] payload, int from) {
        return Arrays.copyOfRange(payload, from, payload.length);
    }
}
