package dev.ephpm.litewire.protocol;

import java.security.SecureRandom;

/** The random challenge of one authentication; its characters are printable, because clients treat it as a C string. */
final class Nonce {
    static final int LENGTH = 20;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final char FIRST = '%';
    private static final int SIX_BITS = 0x3f;

    private final byte[] bytes;

    Nonce(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a nonce has " + LENGTH + " bytes, not " + bytes.length);
        }
        this.bytes = bytes.clone();
    }

    static Nonce random() {
        byte[] bytes = new byte[LENGTH];
        RANDOM.nextBytes(bytes);
        for (int i = 0; i < LENGTH; i++) {
            bytes[i] = (byte) (FIRST + (bytes[i] & SIX_BITS));
        }
        return new Nonce(bytes);
    }

    byte[] bytes() {
        return bytes.clone();
    }
}
