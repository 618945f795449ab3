package dev.ephpm.litewire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class AuthenticationTest {
    private static final Nonce NONCE = new Nonce("abcdefghijklmnopqrst".getBytes(StandardCharsets.US_ASCII));
    private static final PasswordVerifier SECRET = PasswordVerifier.of("secret");

    /** What a client computes, written down independently of the server's half. */
    private static byte[] nativeResponse(String password) {
        byte[] once = Digests.sha1(password.getBytes(StandardCharsets.UTF_8));
        return Digests.exclusiveOr(once, Digests.sha1(NONCE.bytes(), Digests.sha1(once)));
    }

    private static byte[] sha2Response(String password) {
        byte[] once = Digests.sha256(password.getBytes(StandardCharsets.UTF_8));
        return Digests.exclusiveOr(once, Digests.sha256(Digests.sha256(once), NONCE.bytes()));
    }

    @Test
    void storedNativePasswordIsTheDoubleSha1() {
        // The value MariaDB's PASSWORD('secret') shows after the star.
        assertThat(HexFormat.of().formatHex(NativePassword.stored("secret".getBytes(StandardCharsets.UTF_8))))
                .isEqualToIgnoringCase("14E65567ABDB5135D0CFD9A70B3032C179A49EE7");
    }

    @Test
    void rightPasswordMatchesWithEitherPlugin() {
        assertThat(SECRET.matches(NativePassword.NAME, NONCE, nativeResponse("secret")))
                .isTrue();
        assertThat(SECRET.matches(CachingSha2Password.NAME, NONCE, sha2Response("secret")))
                .isTrue();
    }

    @Test
    void wrongPasswordNeverMatches() {
        assertThat(SECRET.matches(NativePassword.NAME, NONCE, nativeResponse("Secret")))
                .isFalse();
        assertThat(SECRET.matches(CachingSha2Password.NAME, NONCE, sha2Response("Secret")))
                .isFalse();
        assertThat(SECRET.matches(NativePassword.NAME, NONCE, new byte[0])).isFalse();
        assertThat(SECRET.matches(NativePassword.NAME, NONCE, new byte[32])).isFalse();
        assertThat(SECRET.matches(CachingSha2Password.NAME, NONCE, new byte[20]))
                .isFalse();
    }

    @Test
    void anotherNonceMakesTheResponseWorthless() {
        Nonce other = Nonce.random();
        assertThat(SECRET.matches(NativePassword.NAME, other, nativeResponse("secret")))
                .isFalse();
    }

    @Test
    void noncesArePrintableAndDiffer() {
        byte[] nonce = Nonce.random().bytes();
        for (byte b : nonce) {
            assertThat(b).isBetween((byte) '!', (byte) '~');
        }
        assertThat(Nonce.random().bytes()).isNotEqualTo(nonce);
    }

    @Test
    void emptyPasswordsAreNotAccounts() {
        assertThatThrownBy(() -> PasswordVerifier.of("")).isInstanceOf(IllegalArgumentException.class);
    }
}
