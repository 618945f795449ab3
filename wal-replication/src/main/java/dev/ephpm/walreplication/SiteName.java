package dev.ephpm.walreplication;

import java.util.regex.Pattern;

/** sqld takes any bytes as a namespace, even a path; nothing but this ever reaches it or becomes part of a path. */
final class SiteName {
    static final int LONGEST = 253;

    private static final Pattern VALID = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?");

    private SiteName() {}

    static boolean isValid(String site) {
        return VALID.matcher(site).matches() && !site.contains("..");
    }

    static String require(String site) {
        if (!isValid(site)) {
            throw new IllegalArgumentException("not the name of a site: " + site);
        }
        return site;
    }
}
