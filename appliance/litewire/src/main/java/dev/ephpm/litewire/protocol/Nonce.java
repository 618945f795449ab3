package dev.ephpm.litewire.protocol;

import java.security.SecureRandom;

/** The random challenge of one authentication; its characters are printable, because clients treat it as a C string. */
final class Nonce {
    static final int LENGTH = 20;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final char FIRST = '%';
    private static final char LAST = '~';

    private final byte[] bytes;

    Nonce(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a nonce has " + LENGTH + " bytes, not " + bytes.length);
        }
        this.bytes = bytes.clone();
    }

    static Nonce random() {
        byte[] bytes = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            bytes[i] = (byte) RANDOM.nextInt(FIRST, LAST + 1);
        }
        return new Nonce(bytes);
    }

    byte[] bytes() {
        return bytes.clone();
    }
}
