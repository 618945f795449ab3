package dev.ephpm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single headers mean: encodings, ranges, dates, proxies. */
class HeadersTest {
    private final Negotiation negotiation = new Negotiation(List.of(Encoding.BROTLI, Encoding.ZSTD, Encoding.GZIP));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | GZIP",
                "x-gzip | GZIP",
                "GZIP | GZIP",
                "gzip, deflate, br, zstd | BROTLI",
                "gzip, zstd | ZSTD",
                "gzip;q=1.0, br;q=0.5 | GZIP",
                "br;q=0, * | ZSTD",
                "* | BROTLI",
                "*;q=0 | ",
                "identity | ",
                "identity;q=0.5, gzip;q=0.4 | ",
                "identity, gzip | GZIP",
                "gzip;q=0 | ",
                "gzip;q=abc | ",
                "gzip;q=2 | ",
                "gzip ; q=0.3 | GZIP",
                "deflate | ",
                ", ,, | ",
            })
    void theBestCodingIsChosen(String accepted, String chosen) {
        assertThat(negotiation.choose(accepted)).isEqualTo(chosen == null ? null : Encoding.valueOf(chosen));
    }

    @Test
    void nothingAcceptedMeansNothingChosen() {
        assertThat(negotiation.choose(null)).isNull();
        assertThat(negotiation.choose("")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=10-19, 10, 19",
        "bytes=90-, 90, 99",
        "bytes=-5, 95, 99",
        "bytes=-500, 0, 99",
        "bytes=90-999, 90, 99",
        "BYTES=1-2, 1, 2",
        "bytes=0-99999999999999999999999, 0, 99",
    })
    void rangesAreRead(String header, long first, long last) {
        assertThat(ByteRange.parse(header, 100)).contains(new ByteRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999999-"})
    void rangesBeyondTheFileAreUnsatisfiable(String header) {
        assertThat(ByteRange.parse(header, 100))
                .hasValueSatisfying(range -> assertThat(range.isSatisfiable()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=5-2",
                "bytes=a-b",
                "lines=1-2",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=1-2,3-4",
                "bytes=1--2",
                "bytes=+1-2"
            })
    void whatIsNoSingleRangeIsIgnored(String header) {
        assertThat(ByteRange.parse(header, 100)).isEmpty();
    }

    @Test
    void datesAreReadInAllThreeForms() {
        long expected = Instant.parse("1994-11-06T08:49:37Z").getEpochSecond();
        assertThat(HttpDate.parse("Sun, 06 Nov 1994 08:49:37 GMT")).hasValue(expected);
        assertThat(HttpDate.parse("Sunday, 06-Nov-94 08:49:37 GMT")).hasValue(expected);
        assertThat(HttpDate.parse("Sun Nov  6 08:49:37 1994")).hasValue(expected);
        assertThat(HttpDate.parse("yesterday")).isEmpty();
        assertThat(HttpDate.parse("Sun, 99 Nov 1994 08:49:37 GMT")).isEmpty();
        assertThat(HttpDate.format(Instant.ofEpochSecond(expected))).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.200, true",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/32, 2001:db8:1::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "::1, ::1, true",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
    })
    void rangesOfAddressesContain(String range, String address, boolean contained) {
        assertThat(new TrustedProxies(List.of(range)).trusts(address)).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0/8", "10.0.0.0/-1", "10.0.0.0/x", "host", "", "::/129"})
    void badRangesAreReported(String range) {
        assertThatThrownBy(() -> Cidr.parse(range))
                .isInstanceOf(HttpException.class)
                .hasMessageContaining(range);
    }

    @Test
    void theClientIsTheFirstStrangerFromTheRight() {
        TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/8"));
        assertThat(client(proxies, "6.6.6.6, 9.9.9.9, 10.0.0.2")).isEqualTo("9.9.9.9");
        assertThat(client(proxies, "10.0.0.3, 10.0.0.2")).isEqualTo("10.0.0.3");
        assertThat(client(proxies, "9.9.9.9, nonsense")).isEqualTo("10.0.0.1");
        assertThat(client(proxies, "[2001:db8::1]:443")).isEqualTo("2001:db8::1");
        assertThat(client(proxies, "9.9.9.9:1234")).isEqualTo("9.9.9.9");
        assertThat(client(proxies, "10.0.0.9, ".repeat(1000) + "10.0.0.9")).isEqualTo("10.0.0.9");
    }

    private static String client(TrustedProxies proxies, String forwarded) {
        return proxies.client("10.0.0.1", MultiMap.caseInsensitiveMultiMap().add("x-forwarded-for", forwarded));
    }

    @Test
    void theLastProxyNamesSchemeAndHost() {
        TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/8"));
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("x-forwarded-proto", "http, HTTPS")
                .add("x-forwarded-host", "a.test");
        assertThat(proxies.secure(headers)).contains(true);
        assertThat(proxies.host(headers)).contains("a.test");
        assertThat(proxies.secure(MultiMap.caseInsensitiveMultiMap().add("x-forwarded-proto", "gopher")))
                .isEqualTo(Optional.empty());
    }
}
