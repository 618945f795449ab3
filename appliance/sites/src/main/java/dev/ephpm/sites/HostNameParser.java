package dev.ephpm.sites;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

final class HostNameParser {
    private static final int MAX_NAME_LENGTH = 253;
    private static final Pattern NAME = Pattern.compile("(?=.{1," + MAX_NAME_LENGTH
            + "}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    private HostNameParser() {}

    static Optional<HostName> parse(String header) {
        String host = withoutPort(header).toLowerCase(Locale.ROOT);
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        return NAME.matcher(host).matches() ? Optional.of(new HostName(host)) : Optional.empty();
    }

    private static String withoutPort(String header) {
        int colon = header.lastIndexOf(':');
        if (colon < 0) {
            return header;
        }
        String port = header.substring(colon + 1);
        boolean valid = port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
        return valid ? header.substring(0, colon) : header;
    }
}
