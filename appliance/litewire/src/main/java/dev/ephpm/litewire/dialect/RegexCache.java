package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Compiled regular expressions of the calling thread. */
final class RegexCache {
    private static final int MOST_PATTERNS = 64;

    private static final ThreadLocal<Map<String, Pattern>> PATTERNS =
            ThreadLocal.withInitial(() -> new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Pattern> eldest) {
                    return size() > MOST_PATTERNS;
                }
            });

    private RegexCache() {}

    /** Throws 1139 for a pattern that is none. */
    static Pattern pattern(String regex, boolean binary) {
        return PATTERNS.get().computeIfAbsent((binary ? "b" : "i") + regex, _ -> compile(regex, binary));
    }

    private static Pattern compile(String regex, boolean binary) {
        String java = regex.replace("[[:<:]]", "\\b")
                .replace("[[:>:]]", "\\b")
                .replace("[:alpha:]", "\\p{IsAlphabetic}")
                .replace("[:digit:]", "\\d")
                .replace("[:alnum:]", "\\p{IsAlphabetic}\\d")
                .replace("[:space:]", "\\s")
                .replace("[:upper:]", "\\p{Lu}")
                .replace("[:lower:]", "\\p{Ll}")
                .replace("[:punct:]", "\\p{Punct}")
                .replace("[:xdigit:]", "0-9A-Fa-f");
        try {
            return Pattern.compile(java, binary ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        } catch (PatternSyntaxException e) {
            throw SqlErrorCode.REGEXP_ERROR.with(e.getDescription());
        }
    }
}
