package dev.ephpm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "shop.example", "xn--bcher-kva.example", "1.2.3.4", "-"})
    void hostNamesAreNames(String name) {
        assertThat(new SiteName(name)).hasToString(name);
    }

    /** sqld takes all of these, and makes a path or a header of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../x",
                "a/b",
                "a..b",
                ".a",
                "a.",
                "/etc/passwd",
                "a\\b",
                "A.example",
                "a b",
                "a\r\nb",
                "a\0b",
                "bücher.example",
                "a_b",
                "a%2fb",
                "~"
            })
    void anythingElseIsNot(String name) {
        assertThatThrownBy(() -> new SiteName(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameHasAtMost253Characters() {
        String longest = "a".repeat(253);
        assertThat(new SiteName(longest).value()).isEqualTo(longest);
        assertThat(SiteName.isValid(longest + "a")).isFalse();
    }
}
