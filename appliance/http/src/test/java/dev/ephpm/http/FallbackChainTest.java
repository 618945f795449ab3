package dev.ephpm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FallbackChainTest {
    @Test
    void theDefaultChainEndsAtTheFrontController() {
        FallbackChain chain = FallbackChain.parse(List.of("$uri", "$uri/", "/index.php?$query_string"));
        assertThat(chain.candidates())
                .containsExactly(new FallbackChain.Candidate.Uri(), new FallbackChain.Candidate.Directory());
        assertThat(chain.last())
                .isEqualTo(new FallbackChain.LastResort.Rewrite(SitePath.decode("/index.php"), "$query_string"));
    }

    @Test
    void aChainMayEndInAStatus() {
        FallbackChain chain = FallbackChain.parse(List.of("/maintenance.html", "$uri", "=410"));
        assertThat(chain.candidates())
                .containsExactly(
                        new FallbackChain.Candidate.Fixed(SitePath.decode("/maintenance.html"), ""),
                        new FallbackChain.Candidate.Uri());
        assertThat(chain.last()).isEqualTo(new FallbackChain.LastResort.Status(410));
        assertThat(FallbackChain.parse(List.of()).last()).isEqualTo(new FallbackChain.LastResort.Status(404));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=abc", "=99", "=200", "index.php", "$document_root", "/../x", "/$uri.html"})
    void whatCannotBeReadIsNamed(String entry) {
        assertThatThrownBy(() -> FallbackChain.parse(List.of("$uri", entry)))
                .isInstanceOf(HttpException.class)
                .hasMessageContaining(entry);
    }

    @Test
    void templatesTakePathAndQueryOfTheRequest() {
        RequestTarget target = RequestTarget.parse("/a%20b?x=$uri");
        assertThat(FallbackChain.fill("$query_string", target)).isEqualTo("x=$uri");
        assertThat(FallbackChain.fill("q=$uri", target)).isEqualTo("q=/a%20b");
        assertThat(FallbackChain.fill("fixed", target)).isEqualTo("fixed");
    }
}
