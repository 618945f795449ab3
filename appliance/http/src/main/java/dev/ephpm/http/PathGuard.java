package dev.ephpm.http;

import dev.ephpm.config.SecurityConfig;
import dev.ephpm.config.StaticConfig.HiddenFiles;
import java.util.List;
import java.util.Locale;

/** Decides by name alone, before the disk is asked, which paths are answered with an error. */
final class PathGuard {
    private static final String WELL_KNOWN = ".well-known";
    private static final String SITE_CONFIGURATION = "site.toml";
    private static final String SITE_DATABASE = "ephpm.db";

    private final HiddenFiles hiddenFiles;
    private final List<Glob> blocked;
    private final List<Glob> allowedPhp;

    PathGuard(HiddenFiles hiddenFiles, SecurityConfig security) {
        this.hiddenFiles = hiddenFiles;
        this.blocked = security.blockedPaths().stream().map(PathGuard::glob).toList();
        this.allowedPhp =
                security.allowedPhpPaths().stream().map(PathGuard::glob).toList();
    }

    private static Glob glob(String pattern) {
        return new Glob(pattern.startsWith("/") || pattern.startsWith("*") ? pattern : "/" + pattern);
    }

    /** Refuses hidden, blocked and private paths; {@code path} is what the client asked for. */
    void check(SitePath path) {
        checkHidden(path.segments());
        checkBlocked(path.toString());
        for (String segment : path.segments()) {
            if (isPrivate(segment)) {
                throw new Refusal(403, "private file of the site");
            }
        }
    }

    private void checkHidden(List<String> segments) {
        if (hiddenFiles == HiddenFiles.ALLOW) {
            return;
        }
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean wellKnown = i == 0 && segment.equals(WELL_KNOWN);
            if (segment.startsWith(".") && !wellKnown) {
                throw new Refusal(hiddenFiles == HiddenFiles.DENY ? 403 : 404, "hidden file");
            }
        }
    }

    /** Also asked for the script part of a path with path info, so that a suffix does not lift a block. */
    void checkBlocked(String path) {
        for (Glob glob : blocked) {
            if (glob.matches(path)) {
                throw new Refusal(403, "blocked path");
            }
        }
    }

    void checkScript(String scriptName) {
        if (allowedPhp.isEmpty()) {
            return;
        }
        for (Glob glob : allowedPhp) {
            if (glob.matches(scriptName)) {
                return;
            }
        }
        throw new Refusal(403, "PHP is not allowed to run here");
    }

    /** The files the appliance itself keeps in a site's directory: settings, database, its journals and copies. */
    static boolean isPrivate(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return name.startsWith(SITE_CONFIGURATION) || name.startsWith(SITE_DATABASE);
    }
}
