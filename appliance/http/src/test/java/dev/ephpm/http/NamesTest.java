package dev.ephpm.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.sites.HostName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Globs, PHP source names, content types and trusted hosts. */
class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "/vendor/*, /vendor/a, true",
        "/vendor/*, /vendor/a/b, true",
        "/vendor/*, /vendor/, true",
        "/vendor/*, /vendor, false",
        "/vendor/*, /vendored/a, false",
        "*.sql, /a/dump.sql, true",
        "*.sql, /a/dump.sqlx, false",
        "/wp-config.php, /wp-config.php, true",
        "/wp-config.php, /wp-config.php.bak, false",
        "/a?c, /abc, true",
        "/a?c, /ac, false",
        "*, /anything, true",
        "/*a*b*, /xxaxxbxx, true",
        "/*a*b*, /xxbxxaxx, false",
        "/a.c, /abc, false",
        "/a*a*a*a*b, /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac, false",
    })
    void globsMatch(String pattern, String path, boolean matches) {
        assertThat(new Glob(pattern).matches(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.php",
                "a.PHP",
                "a.php5",
                "a.phtml",
                "a.phar",
                "a.phps",
                "a.pht",
                "a.inc",
                "a.php~",
                "a.php.bak",
                "a.php.",
                "a.php ",
                "a.php.swp",
                ".a.php.swp",
                "a.php.txt",
                "a.php.1",
                "a.php_old",
                "a.php-",
                "a.php.orig.bak",
                ".php",
            })
    void sourceIsRecognised(String name) {
        assertThat(PhpSource.isSource(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.html",
                "php",
                "a.php.js",
                "photo.jpg",
                "a.ph",
                "readme.txt",
                "backup.bak",
                "a",
                "",
                "php.png",
                "including",
                "x.income"
            })
    void othersAreNotSource(String name) {
        assertThat(PhpSource.isSource(name)).isFalse();
    }

    @Test
    void onlyLowerCasePhpRuns() {
        assertThat(PhpSource.isScript("a.php")).isTrue();
        assertThat(List.of("a.PHP", "a.phtml", ".php", "a.php.", "php", "a.php5"))
                .noneMatch(PhpSource::isScript);
    }

    @Test
    void typesFollowTheExtension() {
        assertThat(ContentTypes.of("a.JS")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(ContentTypes.of("a.tar.gz")).isEqualTo("application/gzip");
        assertThat(ContentTypes.of("none")).isEqualTo("application/octet-stream");
        assertThat(List.of(
                        "text/html",
                        "TEXT/CSS; charset=x",
                        "application/json",
                        "image/svg+xml",
                        "application/ld+json",
                        "application/rss+xml"))
                .allMatch(ContentTypes::isCompressible);
        assertThat(List.of("image/png", "application/zip", "text/event-stream", "font/woff2", "", "video/mp4"))
                .noneMatch(ContentTypes::isCompressible);
    }

    @Test
    void trustedHostsAreExactOrBelowAParent() {
        TrustedHosts hosts = new TrustedHosts(List.of("A.test", "*.b.test"));
        assertThat(hosts.trusts(new HostName("a.test"))).isTrue();
        assertThat(hosts.trusts(new HostName("x.y.b.test"))).isTrue();
        assertThat(hosts.trusts(new HostName("b.test"))).isFalse();
        assertThat(hosts.trusts(new HostName("xb.test"))).isFalse();
        assertThat(new TrustedHosts(List.of()).trusts(new HostName("any"))).isTrue();
    }
}
