package dev.ephpm.http;

import dev.ephpm.sites.HostName;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code server.request.trusted_hosts}: when not empty, the only hosts that are answered. */
final class TrustedHosts {
    private final Set<String> exact = new HashSet<>();
    private final Set<String> parents = new HashSet<>();

    TrustedHosts(List<String> hosts) {
        for (String host : hosts) {
            String lower = host.toLowerCase(Locale.ROOT);
            if (lower.startsWith("*.")) {
                parents.add(lower.substring(2));
            } else {
                exact.add(lower);
            }
        }
    }

    boolean trusts(HostName host) {
        return (exact.isEmpty() && parents.isEmpty()) || exact.contains(host.value()) || isBelowParent(host.value());
    }

    private boolean isBelowParent(String host) {
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            if (parents.contains(host.substring(dot + 1))) {
                return true;
            }
        }
        return false;
    }
}
