package dev.ephpm.http;

/**
 * A path pattern in which {@code *} stands for any characters, slashes included, and {@code ?} for one. Everything else is
 * literal and case matters.
 */
record Glob(String pattern) {
    boolean matches(String text) {
        int star = -1;
        int resume = 0;
        int p = 0;
        int t = 0;
        while (t < text.length()) {
            char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
            if (wanted == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (wanted == '?' || wanted == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
