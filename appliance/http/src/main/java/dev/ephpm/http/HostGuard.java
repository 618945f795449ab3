package dev.ephpm.http;

import dev.ephpm.sites.HostName;
import dev.ephpm.sites.Site;
import dev.ephpm.sites.Sites;
import dev.ephpm.sites.SitesSnapshot;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides, once, which site a request is for. Nothing is created for a host that no site answers for. */
final class HostGuard {
    private final Sites sites;
    private final SiteStates states;
    private final TrustedHosts trustedHosts;
    private final TrustedProxies proxies;

    HostGuard(Sites sites, SiteStates states, TrustedHosts trustedHosts, TrustedProxies proxies) {
        this.sites = sites;
        this.states = states;
        this.trustedHosts = trustedHosts;
        this.proxies = proxies;
    }

    /** @throws Refusal 400 for an invalid host, 421 for an untrusted one, 404 when no site answers */
    HostMatch match(Exchange exchange, Pipeline pipeline) {
        SitesSnapshot snapshot = sites.snapshot();
        String header = hostHeader(exchange);
        if (header == null) {
            return withoutHost(snapshot);
        }
        HostMatch known = exchange.loop().knownHost(header, snapshot, pipeline);
        if (known != null) {
            return known;
        }
        HostName host = HostName.parse(header).orElseThrow(() -> new Refusal(400, "invalid host"));
        if (!trustedHosts.trusts(host)) {
            throw new Refusal(421, "host is not trusted");
        }
        Site site = snapshot.match(host).orElseThrow(() -> new Refusal(404, "no such site"));
        HostMatch match = new HostMatch(host, header, states.of(site));
        exchange.loop().rememberHost(header, match);
        return match;
    }

    private HostMatch withoutHost(SitesSnapshot snapshot) {
        HostName nameless = new HostName(Site.FALLBACK);
        if (!trustedHosts.trusts(nameless)) {
            throw new Refusal(421, "no host");
        }
        Site site = snapshot.fallback().orElseThrow(() -> new Refusal(404, "no host and no fallback site"));
        return new HostMatch(nameless, null, states.of(site));
    }

    /** The host the client named; null only for HTTP/1.0 without one. */
    private @Nullable String hostHeader(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        String received = receivedHost(request);
        String authority = exchange.target().authority();
        String host = authority == null ? received : authority;
        if (!proxies.isEmpty() && proxies.trusts(Client.peer(request))) {
            Optional<String> forwarded = proxies.host(request.headers());
            if (forwarded.isPresent()) {
                return forwarded.get();
            }
        }
        return host;
    }

    private static @Nullable String receivedHost(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            HostAndPort authority = request.authority();
            if (authority == null) {
                throw new Refusal(400, "no valid authority");
            }
            return authority.toString();
        }
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        if (hosts.size() == 1) {
            return hosts.get(0);
        }
        if (!hosts.isEmpty()) {
            throw new Refusal(400, "more than one Host header");
        }
        if (request.version() == HttpVersion.HTTP_1_0) {
            return null;
        }
        throw new Refusal(400, "no Host header");
    }
}
