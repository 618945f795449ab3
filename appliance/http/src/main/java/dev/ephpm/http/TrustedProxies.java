package dev.ephpm.http;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The peers whose X-Forwarded-* headers count. */
final class TrustedProxies {
    /** Longer chains are not read further: the header is bounded, the work per entry should be too. */
    private static final int MAX_HOPS = 32;

    private final List<Cidr> ranges;

    TrustedProxies(List<String> ranges) {
        this.ranges = ranges.stream().map(Cidr::parse).toList();
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    boolean trusts(String address) {
        byte @Nullable [] bytes = Cidr.bytes(address);
        if (bytes == null) {
            return false;
        }
        for (Cidr range : ranges) {
            if (range.contains(bytes)) {
                return true;
            }
        }
        return false;
    }

    /** The client as far as it can be believed: from right to left, the first address that is not a trusted proxy. */
    String client(String peer, MultiMap headers) {
        List<String> lines = headers.getAll("x-forwarded-for");
        String client = peer;
        int hops = 0;
        for (int line = lines.size() - 1; line >= 0; line--) {
            String[] entries = lines.get(line).split(",", -1);
            for (int i = entries.length - 1; i >= 0; i--) {
                Optional<String> literal = Cidr.literal(entries[i]);
                if (literal.isEmpty() || hops++ == MAX_HOPS) {
                    return client;
                }
                client = literal.get();
                if (!trusts(client)) {
                    return client;
                }
            }
        }
        return client;
    }

    /** The scheme the last trusted proxy was asked with. */
    Optional<Boolean> secure(MultiMap headers) {
        return last(headers, "x-forwarded-proto")
                .map(proto -> proto.toLowerCase(Locale.ROOT))
                .filter(proto -> proto.equals("https") || proto.equals("http"))
                .map(proto -> proto.equals("https"));
    }

    Optional<String> host(MultiMap headers) {
        return last(headers, "x-forwarded-host");
    }

    private static Optional<String> last(MultiMap headers, String name) {
        List<String> lines = headers.getAll(name);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String line = lines.getLast();
        String value = line.substring(line.lastIndexOf(',') + 1).trim();
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
