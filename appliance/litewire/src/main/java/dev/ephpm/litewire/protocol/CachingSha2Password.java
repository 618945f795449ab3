package dev.ephpm.litewire.protocol;

/**
 * caching_sha2_password: the client sends SHA256(password) XOR SHA256(SHA256(SHA256(password)) + nonce). MySQL's "cache" of
 * the double hash is always filled here, so the second stage, which sends the password itself, never happens.
 */
final class CachingSha2Password {
    static final String NAME = "caching_sha2_password";

    /** AuthMoreData that says: the hash was enough, OK follows. */
    private static final byte[] FAST_AUTHENTICATION_OK = {1, 3};

    private static final int LENGTH = 32;

    private CachingSha2Password() {}

    static byte[] fastAuthenticationOk() {
        return FAST_AUTHENTICATION_OK.clone();
    }

    static byte[] stored(byte[] password) {
        return Digests.sha256(Digests.sha256(password));
    }

    static boolean matches(byte[] stored, Nonce nonce, byte[] response) {
        if (response.length != LENGTH) {
            return false;
        }
        byte[] once = Digests.exclusiveOr(response, Digests.sha256(stored, nonce.bytes()));
        return java.security.MessageDigest.isEqual(Digests.sha256(once), stored);
    }
}
