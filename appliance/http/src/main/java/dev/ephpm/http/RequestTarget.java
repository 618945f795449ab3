package dev.ephpm.http;

import org.jspecify.annotations.Nullable;

/**
 * A request target taken apart, still encoded as received.
 *
 * @param authority of an absolute-form target, which then outranks the Host header (RFC 9112 §3.2.2); null for origin form
 * @param path starts with a slash
 * @param query without the question mark; empty when absent
 */
record RequestTarget(@Nullable String authority, String path, String query) {

    /** Reads origin form and absolute form; anything else is refused with 400. */
    static RequestTarget parse(String target) {
        if (target.isEmpty()) {
            throw new Refusal(400, "empty request target");
        }
        if (target.charAt(0) == '/') {
            return split(null, target);
        }
        int authority = afterScheme(target);
        int end = authority;
        while (end < target.length() && "/?".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        String host = target.substring(authority, end);
        if (host.indexOf('@') >= 0) {
            throw new Refusal(400, "user information in the request target");
        }
        String rest = target.substring(end);
        return split(host, rest.startsWith("/") ? rest : "/" + rest);
    }

    private static int afterScheme(String target) {
        if (target.regionMatches(true, 0, "http://", 0, 7)) {
            return 7;
        }
        if (target.regionMatches(true, 0, "https://", 0, 8)) {
            return 8;
        }
        throw new Refusal(400, "request target is neither a path nor an http address");
    }

    private static RequestTarget split(@Nullable String authority, String pathAndQuery) {
        int question = pathAndQuery.indexOf('?');
        return question < 0
                ? new RequestTarget(authority, pathAndQuery, "")
                : new RequestTarget(
                        authority, pathAndQuery.substring(0, question), pathAndQuery.substring(question + 1));
    }

    /** Path and query as received: {@code REQUEST_URI}. */
    String uri() {
        return query.isEmpty() ? path : path + '?' + query;
    }
}
