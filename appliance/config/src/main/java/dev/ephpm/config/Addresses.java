package dev.ephpm.config;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** Listen addresses and CIDR ranges. */
final class Addresses {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    private Addresses() {}

    static HostAndPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("the port is missing");
        }
        String host = text.substring(0, colon);
        int port = parseNumber(text.substring(colon + 1), 65_535, "a port is a number from 0 to 65535");
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
            checkLiteral(host);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("an IPv6 address stands in brackets: [::1]:8080");
        } else if (!NAME.matcher(host).matches()) {
            throw new IllegalArgumentException("the host is missing or not a name or address; 0.0.0.0 means all");
        }
        return new HostAndPort(host, port);
    }

    /** Accepts {@code 10.0.0.0/8}, {@code fd00::/8} and single addresses. */
    static void checkRange(String text) {
        int slash = text.indexOf('/');
        InetAddress address = checkLiteral(slash < 0 ? text : text.substring(0, slash));
        if (slash >= 0) {
            int bits = address.getAddress().length * 8;
            parseNumber(text.substring(slash + 1), bits, "the part after / is a number from 0 to " + bits);
        }
    }

    private static InetAddress checkLiteral(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(TomlText.quote(text) + " is not an IP address", e);
        }
    }

    private static int parseNumber(String text, int most, String message) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException(message);
        }
        int number = Integer.parseInt(text);
        if (number > most) {
            throw new IllegalArgumentException(message);
        }
        return number;
    }
}
