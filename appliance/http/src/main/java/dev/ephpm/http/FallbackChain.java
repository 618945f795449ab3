package dev.ephpm.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a path becomes a file: candidates tried in order, then a last resort. Written as in {@code server.fallback}: {@code
 * $uri}, {@code $uri/}, a path with a query template, or {@code =404}.
 */
record FallbackChain(List<Candidate> candidates, LastResort last) {
    private static final Pattern VARIABLE = Pattern.compile("\\$(query_string|args|uri)");

    /** One thing to look for. */
    sealed interface Candidate {
        /** The requested path itself, as a file. */
        record Uri() implements Candidate {}

        /** The requested path as a directory with an index file. */
        record Directory() implements Candidate {}

        /** A fixed path, as a file. */
        record Fixed(SitePath path, String query) implements Candidate {}
    }

    /** What is done when no candidate exists. */
    sealed interface LastResort {
        /** Serve this path; 404 when it does not exist either. */
        record Rewrite(SitePath path, String query) implements LastResort {}

        /** Answer with a status. */
        record Status(int code) implements LastResort {}
    }

    static FallbackChain parse(List<String> entries) {
        List<Candidate> candidates = new ArrayList<>();
        LastResort last = new LastResort.Status(404);
        for (int i = 0; i < entries.size(); i++) {
            String entry = entries.get(i).trim();
            if (entry.equals("$uri")) {
                candidates.add(new Candidate.Uri());
            } else if (entry.equals("$uri/")) {
                candidates.add(new Candidate.Directory());
            } else if (i == entries.size() - 1) {
                last = lastResort(entry);
            } else {
                candidates.add(fixed(entry));
            }
        }
        return new FallbackChain(List.copyOf(candidates), last);
    }

    private static LastResort lastResort(String entry) {
        if (entry.startsWith("=")) {
            return new LastResort.Status(status(entry));
        }
        Candidate.Fixed target = fixed(entry);
        return new LastResort.Rewrite(target.path(), target.query());
    }

    private static int status(String entry) {
        try {
            int code = Integer.parseInt(entry.substring(1));
            if (code >= 400 && code <= 599) {
                return code;
            }
        } catch (NumberFormatException notANumber) {
            throw invalid(entry, notANumber);
        }
        throw invalid(entry, null);
    }

    private static Candidate.Fixed fixed(String entry) {
        int question = entry.indexOf('?');
        String path = question < 0 ? entry : entry.substring(0, question);
        if (!path.startsWith("/") || path.indexOf('$') >= 0) {
            throw invalid(entry, null);
        }
        try {
            return new Candidate.Fixed(SitePath.decode(path), question < 0 ? "" : entry.substring(question + 1));
        } catch (Refusal refusal) {
            throw invalid(entry, refusal);
        }
    }

    private static HttpException invalid(String entry, @Nullable Throwable cause) {
        String message = "cannot read the fallback entry \"" + entry
                + "\": write $uri, $uri/, a path such as /index.php?$query_string, or a status such as =404";
        return cause == null ? new HttpException(message) : new HttpException(message, cause);
    }

    /** Puts the request's own path and query into a query template. */
    static String fill(String template, RequestTarget target) {
        if (template.indexOf('$') < 0) {
            return template;
        }
        return VARIABLE.matcher(template)
                .replaceAll(found ->
                        Matcher.quoteReplacement(found.group().equals("$uri") ? target.path() : target.query()));
    }
}
