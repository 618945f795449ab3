package dev.ephpm.litewire.catalogue;

import java.util.regex.Pattern;

/** LIKE patterns with the backslash as escape. */
final class LikePattern {
    private LikePattern() {}

    static Pattern of(String like, boolean matchesCase) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < like.length(); i++) {
            char c = like.charAt(i);
            switch (c) {
                case '%' -> regex.append(".*");
                case '_' -> regex.append('.');
                case '\\' -> {
                    i = Math.min(i + 1, like.length() - 1);
                    regex.append(Pattern.quote(String.valueOf(like.charAt(i))));
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        int flags = Pattern.DOTALL | (matchesCase ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        return Pattern.compile(regex.toString(), flags);
    }
}
