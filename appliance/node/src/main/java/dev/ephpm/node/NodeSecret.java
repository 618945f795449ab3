package dev.ephpm.node;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** 32 random bytes, made once per node, from which every site's password follows: nothing else has to be stored. */
final class NodeSecret {
    private static final int LENGTH = 32;
    private static final int PASSWORD_BYTES = 20;
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;

    private NodeSecret(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, HMAC);
    }

    /** Reads the secret, making it first when there is none. */
    static NodeSecret loadOrCreate(Path file) {
        byte[] fresh = new byte[LENGTH];
        new SecureRandom().nextBytes(fresh);
        return checked(file, PrivateFile.writeOnce(file, fresh));
    }

    /** Reads the secret of a node that has run before. */
    static NodeSecret load(Path file) {
        if (!Files.exists(file)) {
            throw new OperatorException("There are no credentials yet: " + file
                    + " does not exist. Start `ephpm serve` once with this configuration");
        }
        return checked(file, PrivateFile.read(file));
    }

    private static NodeSecret checked(Path file, byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new OperatorException("Cannot use " + file + ": it must hold " + LENGTH + " bytes and holds "
                    + bytes.length + "; restore it from a backup, or delete it to give every site a new password");
        }
        return new NodeSecret(bytes);
    }

    /** A password for one purpose and name, the same on every call. */
    String password(String purpose, String name) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            byte[] code = mac.doFinal((purpose + '\0' + name).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(code, PASSWORD_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no " + HMAC, e);
        }
    }
}
