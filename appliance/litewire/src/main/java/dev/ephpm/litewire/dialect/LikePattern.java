package dev.ephpm.litewire.dialect;

/** LIKE: {@code %} is any text, {@code _} one character, the escape character takes the next one literally. */
final class LikePattern {
    private static final int ANY_TEXT = -1;
    private static final int ANY_CHARACTER = -2;

    private LikePattern() {}

    static boolean matches(String subject, String pattern, String escape, boolean binary) {
        int[] wanted = compile(Folding.fold(pattern, binary), escape.isEmpty() ? -1 : escape.codePointAt(0));
        return matches(Folding.fold(subject, binary), wanted);
    }

    private static int[] compile(int[] pattern, int escape) {
        int[] compiled = new int[pattern.length];
        int length = 0;
        for (int i = 0; i < pattern.length; i++) {
            int c = pattern[i];
            if (c == escape && i + 1 < pattern.length) {
                i++;
                compiled[length++] = pattern[i];
            } else if (c == '%') {
                compiled[length++] = ANY_TEXT;
            } else {
                compiled[length++] = c == '_' ? ANY_CHARACTER : c;
            }
        }
        return java.util.Arrays.copyOf(compiled, length);
    }

    /** Only the last {@code %} needs to be tried again. */
    private static boolean matches(int[] subject, int[] pattern) {
        int s = 0;
        int p = 0;
        int retryPattern = -1;
        int retrySubject = 0;
        while (s < subject.length) {
            if (p < pattern.length && pattern[p] == ANY_TEXT) {
                p++;
                retryPattern = p;
                retrySubject = s;
            } else if (p < pattern.length && (pattern[p] == ANY_CHARACTER || pattern[p] == subject[s])) {
                s++;
                p++;
            } else if (retryPattern >= 0) {
                retrySubject++;
                s = retrySubject;
                p = retryPattern;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == ANY_TEXT) {
            p++;
        }
        return p == pattern.length;
    }
}
