package dev.ephpm.litewire.dialect;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** AES_ENCRYPT and AES_DECRYPT as MariaDB 10.11 has them: 128 bits, block by block, PKCS#7 padding. */
final class AesBodies {
    private static final int KEY_BYTES = 16;

    private AesBodies() {}

    static void add(SqlFunctions functions) {
        functions.add("mysql_aes_encrypt", a -> transformed(Cipher.ENCRYPT_MODE, a.bytes(0), a.bytes(1)));
        functions.add("mysql_aes_decrypt", a -> transformed(Cipher.DECRYPT_MODE, a.bytes(0), a.bytes(1)));
    }

    private static byte @Nullable [] transformed(int mode, byte[] bytes, byte[] key) {
        try {
            // The mode is MariaDB's; data of other servers could not be read with a better one.
            Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
            cipher.init(mode, new SecretKeySpec(folded(key), "AES"));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    /** A key of any length becomes 16 bytes: the parts of a longer one are joined by XOR. */
    private static byte[] folded(byte[] key) {
        byte[] folded = new byte[KEY_BYTES];
        for (int i = 0; i < key.length; i++) {
            folded[i % KEY_BYTES] ^= key[i];
        }
        return folded;
    }
}
