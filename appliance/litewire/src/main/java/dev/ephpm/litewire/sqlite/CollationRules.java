package dev.ephpm.litewire.sqlite;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One of MySQL's collations in Java, for connections without the extension. It says the same as the extension's
 * {@code collations.c} and {@code like.c}, which read the same tables. Immutable; the tables are read when first needed.
 */
public final class CollationRules {
    private static final int PRIVATE_PLANE = 0xF0000;
    private static final int LAST_PLAIN = '~';

    private final String name;
    private final @Nullable WeightTable table;

    /** The lower-case ASCII character of a weight. */
    private final Map<Integer, Integer> plain = new HashMap<>();

    private CollationRules(String name, @Nullable WeightTable table) {
        this.name = name;
        this.table = table;
        if (table != null) {
            for (int c = LAST_PLAIN; c >= '\t'; c--) {
                boolean shown = c >= ' ' || c <= '\r';
                int[] weights = table.weights(c);
                if (shown && weights.length == 1) {
                    plain.put(weights[0], c);
                }
            }
            for (int c = 'z'; c >= 'a'; c--) {
                plain.put(table.weights(c)[0], c);
            }
        }
    }

    private static final class Tables {
        private static final Map<String, WeightTable> ALL = WeightTable.readAll();
        private static final Map<String, CollationRules> RULES = new ConcurrentHashMap<>();
    }

    /** The rules of a name that {@link CollationNames#of} gave. */
    public static CollationRules of(String name) {
        return Tables.RULES.computeIfAbsent(name, n -> new CollationRules(n, Tables.ALL.get(n)));
    }

    /** Below, equal or above, as SQLite's collations answer. */
    public int compare(String left, String right) {
        boolean padded = CollationNames.isPadded(name);
        PrimitiveIterator.OfInt one = weights(left).iterator();
        PrimitiveIterator.OfInt other = weights(right).iterator();
        int space = table == null ? ' ' : table.weights(' ')[0];
        int filler = padded ? space : -1;
        while (one.hasNext() || other.hasNext()) {
            int x = one.hasNext() ? one.nextInt() : filler;
            int y = other.hasNext() ? other.nextInt() : filler;
            if (x != y) {
                return Integer.compare(x, y);
            }
        }
        return 0;
    }

    private IntStream weights(String text) {
        return table == null ? text.codePoints() : text.codePoints().flatMap(c -> Arrays.stream(table.weights(c)));
    }

    /** Text that is equal exactly when the collation says so; plain ASCII text becomes lower case. */
    public String fold(String text) {
        if (table == null) {
            return text;
        }
        int space = table.weights(' ')[0];
        StringBuilder folded = new StringBuilder();
        int[] kept = new int[1];
        weights(text).forEach(weight -> {
            folded.appendCodePoint(plain.getOrDefault(weight, PRIVATE_PLANE + weight));
            kept[0] = table.padded() && weight == space ? kept[0] : folded.length();
        });
        return folded.substring(0, kept[0]);
    }

    /** LIKE: {@code %} is any text, {@code _} one character, the escape character (−1: none) takes the next as it is. */
    public boolean like(String subject, String pattern, int escape) {
        int[] text = subject.codePoints().toArray();
        int[] wanted = pattern.codePoints().toArray();
        int s = 0;
        int p = 0;
        int retryPattern = -1;
        int retrySubject = 0;
        while (s < text.length) {
            boolean escaped = p + 1 < wanted.length && wanted[p] == escape;
            if (p < wanted.length && !escaped && wanted[p] == '%') {
                p++;
                retryPattern = p;
                retrySubject = s;
            } else if (p < wanted.length && matches(text[s], wanted[escaped ? p + 1 : p], escaped)) {
                s++;
                p += escaped ? 2 : 1;
            } else if (retryPattern >= 0) {
                retrySubject++;
                s = retrySubject;
                p = retryPattern;
            } else {
                return false;
            }
        }
        while (p < wanted.length && wanted[p] == '%' && escape != '%') {
            p++;
        }
        return p == wanted.length;
    }

    private boolean matches(int character, int wanted, boolean escaped) {
        if (character == wanted || (!escaped && wanted == '_')) {
            return true;
        }
        if (table == null) {
            return false;
        }
        // Characters behind the tables of Unicode's algorithm are all equal, but not to LIKE.
        boolean unknown =
                character > Character.MAX_VALUE && table.weights(' ')[0] != ' ' && table.isReplaced(character);
        return !unknown && Arrays.equals(table.weights(character), table.weights(wanted));
    }
}
