package dev.ephpm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SitePathTest {
    @ParameterizedTest
    @CsvSource({
        "/, /",
        "//, /",
        "/., /",
        "/a, /a",
        "/a/, /a/",
        "/a/., /a/",
        "/a//b, /a/b",
        "/./a/./b, /a/b",
        "/a%20b, /a b",
        "/%61, /a",
        "/%C3%A9, /é",
        "/a%2520b, /a%20b",
        "/a+b, /a+b",
        "/..., /...",
        "/a..b/.c, /a..b/.c",
        "/a;b=c, /a;b=c",
    })
    void decodesOnceAndCollapses(String encoded, String decoded) {
        assertThat(SitePath.decode(encoded)).hasToString(decoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/a/..",
                "/../a",
                "/%2e%2e",
                "/%2E%2e/a",
                "/.%2e",
                "/%2e",
                "/%2e/a",
                "/%2f",
                "/a%2Fb",
                "/%5c",
                "/\\",
                "/a\\..\\b",
                "/%00",
                "/a%00b",
                "/%0a",
                "/%1f",
                "/%7F",
                "/%80",
                "/%c0%ae",
                "/%c1%9c",
                "/%e0%80%af",
                "/%f0%80%80%af",
                "/%ed%a0%80",
                "/%f5%80%80%80",
                "/%c3",
                "/%",
                "/%2",
                "/%g0",
                "/%0g",
                "/%%",
                "/a%u0041",
                "/\u0000",
                "/\u001f",
                "/\u007f",
                "/\u0100",
            })
    void refusesAttacks(String encoded) {
        assertThatThrownBy(() -> SitePath.decode(encoded))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
    }

    @Test
    void encodedFormDecodesToTheSamePath() {
        for (String encoded : new String[] {"/", "/a%20b/%C3%A9%25/", "/%22%3C%3E%60", "/a%3Fb%23c"}) {
            SitePath path = SitePath.decode(encoded);
            assertThat(SitePath.decode(path.encoded())).isEqualTo(path);
        }
        assertThat(SitePath.decode("//evil.example/x").encoded()).isEqualTo("/evil.example/x");
    }

    @Test
    void noStringWhatsoeverLeavesTheRoot() {
        Random random = new Random(20260101);
        String alphabet = "./\\%2eE5cCfF0a\u0000~ ;";
        int decoded = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder encoded = new StringBuilder("/");
            int length = random.nextInt(12);
            for (int j = 0; j < length; j++) {
                encoded.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                SitePath path = SitePath.decode(encoded.toString());
                decoded++;
                assertThat(java.nio.file.Path.of("/root" + path).normalize().startsWith("/root"))
                        .as(encoded.toString())
                        .isTrue();
                assertThat(path.segments()).doesNotContain("", ".", "..");
            } catch (Refusal refusal) {
                assertThat(refusal.status()).isEqualTo(400);
            }
        }
        assertThat(decoded).isGreaterThan(1000);
    }
}
