package dev.ephpm.litewire.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The server's greeting, HandshakeV10.
 *
 * @param nonce 20 bytes without NUL
 */
record Handshake(String serverVersion, long connectionId, Nonce nonce) {
    private static final int VERSION = 10;
    private static final int FIRST_PART = 8;

    byte[] payload() {
        byte[] bytes = nonce.bytes();
        return new PayloadWriter(128)
                .integer(VERSION, 1)
                .terminated(serverVersion)
                .integer(connectionId, 4)
                .bytes(Arrays.copyOf(bytes, FIRST_PART))
                .zeros(1)
                .integer(Capability.OFFERED & 0xffff, 2)
                .integer(dev.ephpm.litewire.Column.CHARACTER_SET_UTF8MB4_GENERAL_CI, 1)
                .integer(ServerStatus.AUTOCOMMIT, 2)
                .integer(Capability.OFFERED >>> 16, 2)
                .integer(Nonce.LENGTH + 1, 1)
                .zeros(10)
                .bytes(Arrays.copyOfRange(bytes, FIRST_PART, Nonce.LENGTH))
                .zeros(1)
                .bytes(NativePassword.NAME.getBytes(StandardCharsets.US_ASCII))
                .zeros(1)
                .payload();
    }
}
