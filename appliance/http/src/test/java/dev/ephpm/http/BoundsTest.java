package dev.ephpm.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.config.SiteConfig;
import dev.ephpm.sites.Site;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Things that must stay bounded: the rate of a site, what is remembered of paths, what fits on a log line. */
class BoundsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aBurstPassesAndThenTheRateHolds() {
        RateLimit limit = new RateLimit(10, 5, 0);
        int passed = 0;
        for (int i = 0; i < 100; i++) {
            passed += limit.tryTake(0) ? 1 : 0;
        }
        assertThat(passed).isEqualTo(5);
        assertThat(limit.retryAfterSeconds(0)).isEqualTo(1);
        for (long now = 0; now < 10 * SECOND; now += SECOND / 100) {
            passed += limit.tryTake(now) ? 1 : 0;
        }
        assertThat(passed).isBetween(100, 106);
    }

    @Test
    void aLongPauseGivesNoMoreThanOneBurst() {
        RateLimit limit = new RateLimit(1, 3, 0);
        int passed = 0;
        for (int i = 0; i < 10; i++) {
            passed += limit.tryTake(1000 * SECOND) ? 1 : 0;
        }
        assertThat(passed).isEqualTo(3);
    }

    @Test
    void theCacheForgetsTheOldestWhenItIsFull() {
        ResolutionCache cache = new ResolutionCache(1 << 20, 100);
        SiteState state = state();
        for (int i = 0; i < 1000; i++) {
            cache.store(new ResolutionCache.Key(state, "/" + i), new Resolution.Nothing(404), i);
        }
        assertThat(cache.size()).isLessThanOrEqualTo(100);
        assertThat(cache.find(new ResolutionCache.Key(state, "/999"), 1000)).isNotNull();
        assertThat(cache.find(new ResolutionCache.Key(state, "/0"), 1000)).isNull();
        cache.forget(state);
        assertThat(cache.size()).isZero();
        assertThat(cache.weight()).isZero();
    }

    @Test
    void theCacheIsBoundedByWeightAndPathLength() {
        ResolutionCache cache = new ResolutionCache(10 * 512, 1000);
        SiteState state = state();
        for (int i = 0; i < 100; i++) {
            cache.store(new ResolutionCache.Key(state, "/" + i), new Resolution.Nothing(404), i);
        }
        assertThat(cache.weight()).isLessThanOrEqualTo(10 * 512);
        ResolutionCache.Key longPath = new ResolutionCache.Key(state, "/" + "x".repeat(5000));
        cache.store(longPath, new Resolution.Nothing(404), 0);
        assertThat(cache.find(longPath, 0)).isNull();
    }

    @Test
    void entriesAreFreshThenUsableThenNeither() {
        ResolutionCache cache = new ResolutionCache(1 << 20, 10);
        ResolutionCache.Key key = new ResolutionCache.Key(state(), "/a");
        cache.store(key, new Resolution.Nothing(404), 0);
        ResolutionCache.Entry entry = java.util.Objects.requireNonNull(cache.find(key, 0));
        assertThat(entry.isFresh(SECOND / 2)).isTrue();
        assertThat(entry.isFresh(SECOND * 3 / 2)).isFalse();
        assertThat(entry.isUsable(SECOND * 3 / 2)).isTrue();
        assertThat(entry.isUsable(2 * SECOND)).isFalse();
        assertThat(entry.startRefresh()).isTrue();
        assertThat(entry.startRefresh()).isFalse();
    }

    private static SiteState state() {
        Path root = Path.of("/nowhere");
        Site site = new Site("a.test", root, root, SiteConfig.INHERITED, Optional.empty());
        return new SiteState(site, Configs.DEFAULTS, TestServer::tenant);
    }

    @Test
    void logLinesCannotBeForged() {
        AccessLine line = new AccessLine(
                Instant.EPOCH,
                "::1",
                "a.test",
                "a.test",
                "GET",
                "/\"\n127.0.0.1 - - \\",
                "HTTP/1.1",
                200,
                5,
                1500,
                "static",
                null,
                "é\u0000\"}");
        assertThat(line.combined())
                .doesNotContain("\n")
                .contains("\"GET /\\x22\\x0a127.0.0.1 - - \\x5c HTTP/1.1\" 200 5 \"-\" \"\\xe9\\x00\\x22}\"");
        io.vertx.core.json.JsonObject json = new io.vertx.core.json.JsonObject(line.json());
        assertThat(json.getString("uri")).isEqualTo("/\"\n127.0.0.1 - - \\");
        assertThat(json.getString("user_agent")).isEqualTo("é\u0000\"}");
        assertThat(json.containsKey("referer")).isFalse();
    }

    @Test
    void aSiteWithAnUnreadableChainIsFaultyNotFatal() {
        SiteConfig broken = new SiteConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.of(java.util.List.of("$nonsense")),
                Optional.empty(),
                Optional.empty(),
                java.util.List.of(),
                java.util.Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Path root = Path.of("/nowhere");
        SiteState state = new SiteState(
                new Site("a.test", root, root, broken, Optional.empty()), Configs.DEFAULTS, TestServer::tenant);
        assertThat(state.fault()).hasValueSatisfying(fault -> assertThat(fault).contains("$nonsense"));
    }
}
