package dev.ephpm.http;

import dev.ephpm.phpbridge.PhpTenant;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a path of a site leads to, as the disk said a moment ago. */
sealed interface Resolution permits Resolution.Script, StaticFile, Resolution.Redirect, Resolution.Nothing {
    /**
     * A PHP script to run.
     *
     * @param file absolute, as seen through the document root, links not resolved
     * @param scriptName decoded path of the script below the document root
     * @param pathInfo decoded rest of the path, or empty
     * @param queryTemplate query of a rewritten request; null = the client's own
     */
    record Script(
            PhpTenant tenant,
            Path file,
            String scriptName,
            String pathInfo,
            @Nullable String queryTemplate) implements Resolution {}

    /** A directory asked for without its trailing slash. */
    record Redirect(String encodedPath) implements Resolution {}

    /** Nothing to serve. */
    record Nothing(int status) implements Resolution {}
}
