package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The other settings of hosts and proxies: trusted hosts, trusted proxies, hidden files that do not exist. */
class TrustIT {
    private static final String HOST = "edge.test";

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .set("server.static.hidden_files", "ignore")
            .set("server.request.trusted_hosts", List.of(HOST, "*.shop.test"))
            .set("server.security.trusted_proxies", List.of("127.0.0.0/8", "10.0.0.0/8", "2001:db8::/32"))
            .site(HOST, site -> site.scripts("probe.php").file(".env", "secret").file("page.html", "page"))
            .site("a.shop.test", site -> site.file("page.html", "shop"))
            .site("stranger.test", site -> site.file("page.html", "stranger"));

    @ParameterizedTest
    @ValueSource(strings = {"/.env", "/.git/config", "/a/.hidden/x", "/%2eenv"})
    void ignoredHiddenFilesAre404(String target) {
        assertThat(appliance.get(HOST, target).status()).isEqualTo(404);
    }

    @Test
    void untrustedHostIs421ButHealthAnswers() {
        assertThat(appliance.get("stranger.test", "/page.html").status()).isEqualTo(421);
        assertThat(appliance.get("shop.test", "/page.html").status()).isEqualTo(421);
        assertThat(appliance.get("evil" + HOST, "/page.html").status()).isEqualTo(421);
        assertThat(appliance.page(HOST, "/page.html")).isEqualTo("page");
        assertThat(appliance.page("a.shop.test", "/page.html")).isEqualTo("shop");
        assertThat(appliance.get("stranger.test", "/_ephpm/health").status()).isEqualTo(200);
        assertThat(appliance.get("127.0.0.1", "/_ephpm/ready").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9|203.0.113.9",
                "198.51.100.1, 203.0.113.9|203.0.113.9",
                "198.51.100.1, 203.0.113.9, 10.1.2.3|203.0.113.9",
                "203.0.113.9, 10.0.0.1, 127.0.0.5|203.0.113.9",
                "2001:db8::5, 2a00::1|2a00::1",
                "2a00::1, 2001:db8::5|2a00::1",
                "10.0.0.1, 10.0.0.2|10.0.0.1",
                "garbage|127.0.0.1",
                "203.0.113.9, garbage|127.0.0.1",
            })
    void addressIsTheLastUntrustedOneFromTheRight(String forwarded, String address) {
        Probe probe = Probe.of(appliance.send(Call.get(HOST, "/probe.php").header("X-Forwarded-For", forwarded)));
        assertThat(probe.get("SERVER.REMOTE_ADDR")).isEqualTo(address);
    }

    @Test
    void severalForwardedHeadersAreOneList() {
        Probe probe = Probe.of(appliance.send(Call.get(HOST, "/probe.php")
                .header("X-Forwarded-For", "198.51.100.1")
                .header("X-Forwarded-For", "203.0.113.9")));
        assertThat(probe.get("SERVER.REMOTE_ADDR")).isEqualTo("203.0.113.9");
    }

    @Test
    void forwardedProtocolOfATrustedProxyCounts() {
        Probe https = Probe.of(appliance.send(Call.get(HOST, "/probe.php").header("X-Forwarded-Proto", "https")));
        assertThat(https.get("SERVER.HTTPS")).isEqualTo("on");
        assertThat(https.get("SERVER.REQUEST_SCHEME")).isEqualTo("https");
        Probe http = Probe.of(appliance.send(Call.get(HOST, "/probe.php").header("X-Forwarded-Proto", "http")));
        assertThat(http.has("SERVER.HTTPS")).isFalse();
        Probe nonsense = Probe.of(appliance.send(Call.get(HOST, "/probe.php").header("X-Forwarded-Proto", "gopher")));
        assertThat(nonsense.has("SERVER.HTTPS")).isFalse();
    }
}
