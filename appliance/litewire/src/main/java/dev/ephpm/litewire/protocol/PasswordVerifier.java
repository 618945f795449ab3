package dev.ephpm.litewire.protocol;

import java.nio.charset.StandardCharsets;

/** What it takes to check a password by either plugin, without the password itself. */
public final class PasswordVerifier {
    private final byte[] nativePassword;
    private final byte[] cachingSha2Password;

    private PasswordVerifier(byte[] nativePassword, byte[] cachingSha2Password) {
        this.nativePassword = nativePassword;
        this.cachingSha2Password = cachingSha2Password;
    }

    /** Derives the hashes; the password is not kept and may not be empty. */
    public static PasswordVerifier of(String password) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("a database password is never empty");
        }
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return new PasswordVerifier(NativePassword.stored(bytes), CachingSha2Password.stored(bytes));
    }

    boolean matches(String plugin, Nonce nonce, byte[] response) {
        return plugin.equals(CachingSha2Password.NAME)
                ? CachingSha2Password.matches(cachingSha2Password, nonce, response)
                : NativePassword.matches(nativePassword, nonce, response);
    }
}
