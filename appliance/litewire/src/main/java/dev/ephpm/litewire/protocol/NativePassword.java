package dev.ephpm.litewire.protocol;

/** mysql_native_password: the client sends SHA1(password) XOR SHA1(nonce + SHA1(SHA1(password))). */
final class NativePassword {
    static final String NAME = "mysql_native_password";

    private static final int LENGTH = 20;

    private NativePassword() {}

    static byte[] stored(byte[] password) {
        return Digests.sha1(Digests.sha1(password));
    }

    static boolean matches(byte[] stored, Nonce nonce, byte[] response) {
        if (response.length != LENGTH) {
            return false;
        }
        byte[] once = Digests.exclusiveOr(response, Digests.sha1(nonce.bytes(), stored));
        return java.security.MessageDigest.isEqual(Digests.sha1(once), stored);
    }
}
