package dev.ephpm.litewire.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses by its words what the extension's authorizer refuses by its meaning (guard.c): what reaches outside of the file.
 * Tenants' SQL never comes here as they wrote it; this is the second lock, for the day the first one has a hole.
 */
final class StatementScreen {
    private static final Set<String> FORBIDDEN_STATEMENTS = Set.of("attach", "detach", "vacuum");

    /** Pragmas that describe the schema, check the file, or set one connection and transaction. */
    private static final Set<String> ALLOWED_PRAGMAS = Set.of(
            "collation_list",
            "compile_options",
            "data_version",
            "foreign_key_check",
            "foreign_key_list",
            "function_list",
            "index_info",
            "index_list",
            "index_xinfo",
            "integrity_check",
            "optimize",
            "quick_check",
            "table_info",
            "table_list",
            "table_xinfo",
            "defer_foreign_keys",
            "foreign_keys",
            "legacy_alter_table",
            "recursive_triggers",
            "reverse_unordered_selects",
            "shrink_memory",
            "wal_checkpoint");

    private static final Set<String> READABLE_PRAGMAS = Set.of(
            "auto_vacuum",
            "cache_size",
            "encoding",
            "freelist_count",
            "journal_mode",
            "page_count",
            "page_size",
            "schema_version",
            "synchronous",
            "user_version",
            "wal_autocheckpoint");

    private static final Set<String> ALLOWED_MODULES = Set.of("fts4", "fts5", "fts5vocab");
    private static final String PRAGMA_TABLE = "pragma_";

    private StatementScreen() {}

    /** Throws when the text is not one statement, or one that the site must not run. */
    static void check(String sql) throws SqliteException {
        List<String> words = words(sql);
        int first = skipExplain(words);
        if (words.isEmpty()) {
            throw new SqliteException("the statement is empty", ResultCode.ERROR);
        }
        String kind = word(words, first);
        if (FORBIDDEN_STATEMENTS.contains(kind)
                || (kind.equals("pragma") && !pragmaAllowed(words, first + 1))
                || (kind.equals("create") && !moduleAllowed(words, first + 1))
                || words.stream().anyMatch(StatementScreen::isForbiddenPragmaTable)) {
            throw new SqliteException("not authorized", ResultCode.AUTHORIZATION);
        }
    }

    private static int skipExplain(List<String> words) {
        if (!word(words, 0).equals("explain")) {
            return 0;
        }
        return word(words, 1).equals("query") ? 3 : 1;
    }

    private static String word(List<String> words, int index) {
        return index < words.size() ? words.get(index) : "";
    }

    private static boolean pragmaAllowed(List<String> words, int index) {
        int name = word(words, index + 1).equals(".") ? index + 2 : index;
        boolean alone = name + 1 >= words.size();
        return ALLOWED_PRAGMAS.contains(word(words, name)) || (alone && READABLE_PRAGMAS.contains(word(words, name)));
    }

    private static boolean moduleAllowed(List<String> words, int index) {
        return !word(words, index).equals("virtual")
                || ALLOWED_MODULES.contains(word(words, words.indexOf("using") + 1));
    }

    private static boolean isForbiddenPragmaTable(String word) {
        if (!word.startsWith(PRAGMA_TABLE)) {
            return false;
        }
        String name = word.substring(PRAGMA_TABLE.length());
        return !ALLOWED_PRAGMAS.contains(name) && !READABLE_PRAGMAS.contains(name);
    }

    /** Names and marks in small letters, without comments, strings and the last semicolon. Throws at a second statement. */
    private static List<String> words(String sql) throws SqliteException {
        List<String> words = new ArrayList<>();
        boolean ended = false;
        int at = 0;
        while (at < sql.length()) {
            int end = tokenEnd(sql, at);
            char c = sql.charAt(at);
            boolean blank = c <= ' ' || (end - at > 1 && (sql.startsWith("--", at) || sql.startsWith("/*", at)));
            if (c == ';' && !isTrigger(words)) {
                ended = !words.isEmpty();
            } else if (!blank) {
                if (ended) {
                    throw new SqliteException("only one statement can be run at a time", ResultCode.ERROR);
                }
                words.add(word(sql, at, end));
            }
            at = end;
        }
        return words;
    }

    /** The statements inside a trigger end with semicolons; what follows its END the driver does not run. */
    private static boolean isTrigger(List<String> words) {
        return word(words, 0).equals("create")
                && (word(words, 1).equals("trigger") || word(words, 2).equals("trigger"));
    }

    private static String word(String sql, int from, int to) {
        char c = sql.charAt(from);
        boolean quoted = (c == '"' || c == '`' || c == '[') && to - from > 1;
        // The content of strings is nobody's name, but a pragma may be called by one.
        return sql.substring(quoted || c == '\'' ? from + 1 : from, quoted || c == '\'' ? to - 1 : to)
                .toLowerCase(Locale.ROOT);
    }

    private static int tokenEnd(String sql, int from) {
        char c = sql.charAt(from);
        return switch (c) {
            case '\'', '"', '`' -> quotedEnd(sql, from, c);
            case '[' -> after(sql, "]", from + 1);
            case '-' -> sql.startsWith("--", from) ? after(sql, "\n", from) : from + 1;
            case '/' -> sql.startsWith("/*", from) ? after(sql, "*/", from + 2) : from + 1;
            default -> wordEnd(sql, from);
        };
    }

    private static int wordEnd(String sql, int from) {
        int at = from;
        while (at < sql.length() && isWord(sql.charAt(at))) {
            at++;
        }
        return Math.max(at, from + 1);
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '$'
                || c >= 0x80;
    }

    private static int quotedEnd(String sql, int from, char quote) {
        int at = from + 1;
        while (at < sql.length()) {
            if (sql.charAt(at) != quote) {
                at++;
            } else if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
                at += 2;
            } else {
                return at + 1;
            }
        }
        return at;
    }

    private static int after(String sql, String end, int from) {
        int at = sql.indexOf(end, from);
        return at < 0 ? sql.length() : at + end.length();
    }
}
