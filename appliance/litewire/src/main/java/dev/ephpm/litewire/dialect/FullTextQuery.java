package dev.ephpm.litewire.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What AGAINST looks for, in the words of FTS5, by InnoDB's rules: words of three characters and more, no stop words. */
final class FullTextQuery {
    private static final int SHORTEST_WORD = 3;
    private static final int LONGEST_WORD = 84;

    /** Finds nothing. */
    private static final String NOTHING = "\"\"";

    private static final Set<String> STOP_WORDS = Set.of(
            "a", "about", "an", "are", "as", "at", "be", "by", "com", "de", "en", "for", "from", "how", "i", "in", "is",
            "it", "la", "of", "on", "or", "that", "the", "this", "to", "was", "what", "when", "where", "who", "will",
            "with", "und", "www");

    private final String text;
    private int at;

    private FullTextQuery(String text) {
        this.text = text;
    }

    /** Rows with any of the words. */
    static String natural(String text) {
        List<String> words = new ArrayList<>();
        for (String word : words(text)) {
            if (isIndexed(word, false)) {
                words.add("\"" + word + "\"");
            }
        }
        return words.isEmpty() ? NOTHING : String.join(" OR ", words);
    }

    /** {@code IN BOOLEAN MODE}. */
    static String logical(String text) {
        String query = new FullTextQuery(text).group();
        return query.isEmpty() ? NOTHING : query;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inside = i < text.length() && isWord(text.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            }
        }
        return words;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c)
                || c == '_'
                || Character.isSurrogate(c)
                || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static boolean isIndexed(String word, boolean beginning) {
        int length = word.codePointCount(0, word.length());
        boolean fits = (length >= SHORTEST_WORD || beginning) && length <= LONGEST_WORD;
        return fits && !STOP_WORDS.contains(word.toLowerCase(Locale.ROOT));
    }

    /** The items up to a closing bracket or the end; empty when they find nothing. */
    private String group() {
        List<String> required = new ArrayList<>();
        List<String> optional = new ArrayList<>();
        List<String> excluded = new ArrayList<>();
        boolean impossible = false;
        char sign = ' ';
        while (at < text.length() && text.charAt(at) != ')') {
            char c = text.charAt(at);
            if ("+-<>~".indexOf(c) >= 0) {
                sign = c;
                at++;
                continue;
            }
            if (!isWord(c) && c != '"' && c != '(') {
                sign = ' ';
                at++;
                continue;
            }
            String item = item();
            if (sign == '+') {
                impossible |= item.isEmpty();
            }
            if (!item.isEmpty()) {
                (sign == '+' ? required : sign == '-' ? excluded : optional).add(item);
            }
            sign = ' ';
        }
        return impossible ? "" : joined(required, optional, excluded);
    }

    private static String joined(List<String> required, List<String> optional, List<String> excluded) {
        if (required.isEmpty() && optional.isEmpty()) {
            return "";
        }
        String all = String.join(" AND ", required);
        String any = "(" + String.join(" OR ", optional) + ")";
        // Optional words do not choose, but they count for the rank.
        String found = required.isEmpty()
                ? any
                : optional.isEmpty() ? "(" + all + ")" : "((" + all + ") OR (" + all + " AND " + any + "))";
        return excluded.isEmpty() ? found : "(" + found + " NOT (" + String.join(" OR ", excluded) + "))";
    }

    /** A word, a phrase or a group in brackets. */
    private String item() {
        char c = text.charAt(at);
        if (c == '(') {
            at++;
            String group = group();
            at = Math.min(text.length(), at + 1);
            return group;
        }
        if (c == '"') {
            int end = text.indexOf('"', at + 1);
            String phrase = text.substring(at + 1, end < 0 ? text.length() : end);
            at = end < 0 ? text.length() : end + 1;
            List<String> words = words(phrase);
            return words.isEmpty() ? "" : "\"" + String.join(" ", words) + "\"";
        }
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        boolean beginning = at < text.length() && text.charAt(at) == '*';
        at += beginning ? 1 : 0;
        return isIndexed(word, beginning) ? "\"" + word + "\"" + (beginning ? "*" : "") : "";
    }
}
