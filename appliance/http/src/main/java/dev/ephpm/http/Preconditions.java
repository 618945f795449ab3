package dev.ephpm.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Conditional requests on files, in the order of RFC 9110 §13.2.2. */
final class Preconditions {
    static final int NONE = 200;
    static final int NOT_MODIFIED = 304;
    static final int FAILED = 412;

    private static final CharSequence IF_MATCH = HttpHeaders.createOptimized("if-match");
    private static final CharSequence IF_UNMODIFIED_SINCE = HttpHeaders.createOptimized("if-unmodified-since");
    private static final CharSequence IF_RANGE = HttpHeaders.createOptimized("if-range");

    private Preconditions() {}

    static int evaluate(MultiMap request, StaticFile file) {
        String ifMatch = request.get(IF_MATCH);
        if (ifMatch != null) {
            if (!matches(ifMatch, file.etag(), false)) {
                return FAILED;
            }
        } else if (changedSince(request.get(IF_UNMODIFIED_SINCE), file)) {
            return FAILED;
        }
        String ifNoneMatch = request.get(HttpHeaders.IF_NONE_MATCH);
        if (ifNoneMatch != null) {
            return matches(ifNoneMatch, file.etag(), true) ? NOT_MODIFIED : NONE;
        }
        String since = request.get(HttpHeaders.IF_MODIFIED_SINCE);
        return since != null && !isAfter(file, HttpDate.parse(since)) ? NOT_MODIFIED : NONE;
    }

    /** Whether a Range header counts: always without If-Range, else only for the very same file. */
    static boolean rangeApplies(MultiMap request, StaticFile file) {
        String ifRange = request.get(IF_RANGE);
        if (ifRange == null) {
            return true;
        }
        if (ifRange.startsWith("\"")) {
            return ifRange.equals(file.etag());
        }
        OptionalLong date = ifRange.startsWith("W/") ? OptionalLong.empty() : HttpDate.parse(ifRange);
        return date.isPresent() && date.getAsLong() == file.lastModifiedSeconds();
    }

    private static boolean changedSince(@Nullable String date, StaticFile file) {
        if (date == null) {
            return false;
        }
        OptionalLong seconds = HttpDate.parse(date);
        return seconds.isPresent() && file.lastModifiedSeconds() > seconds.getAsLong();
    }

    private static boolean isAfter(StaticFile file, OptionalLong date) {
        return date.isEmpty() || file.lastModifiedSeconds() > date.getAsLong();
    }

    private static boolean matches(String header, @Nullable String etag, boolean weak) {
        if (header.trim().equals("*")) {
            return true;
        }
        if (etag == null) {
            return false;
        }
        for (String candidate : header.split(",")) {
            String tag = candidate.trim();
            if (weak && tag.startsWith("W/")) {
                tag = tag.substring(2);
            }
            if (tag.equals(etag)) {
                return true;
            }
        }
        return false;
    }
}
