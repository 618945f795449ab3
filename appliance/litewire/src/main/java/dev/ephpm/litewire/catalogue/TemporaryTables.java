package dev.ephpm.litewire.catalogue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of temporary tables. SQLite's own temporary tables belong to one connection of the pool, a session uses many; so they
 * are ordinary tables whose stored name begins with the session's connection id, and only that session finds them.
 */
public final class TemporaryTables {
    private static final String PREFIX = "__temporary_";
    private static final Pattern STORED = Pattern.compile(PREFIX + "\\d+_(.*)", Pattern.DOTALL);

    private TemporaryTables() {}

    static String stored(long connectionId, String name) {
        return PREFIX + connectionId + "_" + name;
    }

    static boolean isStored(String name) {
        return name.startsWith(PREFIX) && STORED.matcher(name).matches();
    }

    /** The name the session gave, of a temporary table; any other name as it is. */
    public static String shown(String name) {
        Matcher stored = STORED.matcher(name);
        return name.startsWith(PREFIX) && stored.matches() ? stored.group(1) : name;
    }
}
