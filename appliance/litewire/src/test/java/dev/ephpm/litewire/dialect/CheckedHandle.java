package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.sqlite.SqliteCursor;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Passes on to SQLite only what a plan may have made; fails when a client's own text got through. */
final class CheckedHandle implements SqliteHandle {
    /** Put into the clients' texts as values; never to be seen in a text for SQLite. */
    static final String CANARY = "zq7canary";

    private static final Set<String> FORBIDDEN =
            Set.of("ATTACH", "DETACH", "VACUUM", "LOAD_EXTENSION", "WRITABLE_SCHEMA", "READFILE", "WRITEFILE");

    /** What the catalogue asks SQLite for. */
    private static final Set<String> PRAGMAS = Set.of(
            "FOREIGN_KEYS",
            "FOREIGN_KEY_CHECK",
            "FOREIGN_KEY_LIST",
            "DEFER_FOREIGN_KEYS",
            "INDEX_INFO",
            "INDEX_LIST",
            "INDEX_XINFO",
            "INTEGRITY_CHECK",
            "LEGACY_ALTER_TABLE",
            "PAGE_COUNT",
            "PAGE_SIZE",
            "QUICK_CHECK",
            "SCHEMA_VERSION",
            "TABLE_INFO",
            "TABLE_XINFO");

    private final SqliteHandle next;
    private final boolean definitions;

    /** @param definitions whether the text may hold values: those of DEFAULT, CHECK and views */
    CheckedHandle(SqliteHandle next, boolean definitions) {
        this.next = next;
        this.definitions = definitions;
    }

    @Override
    public SqliteCursor query(String sql, List<@Nullable Object> parameters) throws SQLException {
        check(sql);
        return next.query(sql, parameters);
    }

    @Override
    public long update(String sql, List<@Nullable Object> parameters) throws SQLException {
        check(sql);
        return next.update(sql, parameters);
    }

    @Override
    public long lastInsertRowid() throws SQLException {
        return next.lastInsertRowid();
    }

    private void check(String sql) {
        String outside = outsideQuotes(sql);
        if (!definitions && outside.contains(CANARY)) {
            throw new AssertionError("a client's text reached SQLite: " + sql);
        }
        // A trigger's body is statements of the catalogue's own, each ended by a semicolon.
        boolean trigger = definitions && outside.startsWith("CREATE TRIGGER ") && outside.endsWith("END");
        if ((outside.contains(";") && !trigger) || outside.contains("--") || outside.contains("/*")) {
            throw new AssertionError("a second statement or a comment reached SQLite: " + sql);
        }
        String[] words = outside.toUpperCase(Locale.ROOT).split("[^A-Z_]+");
        for (int i = 0; i < words.length; i++) {
            boolean pragma = words[i].equals("PRAGMA") && !PRAGMAS.contains(i + 1 < words.length ? words[i + 1] : "");
            if (FORBIDDEN.contains(words[i]) || pragma) {
                throw new AssertionError(words[i] + " reached SQLite: " + sql);
            }
        }
    }

    /** What is not in quoted names; texts in quotes remain when values have no business here, because they come from us. */
    private String outsideQuotes(String sql) {
        StringBuilder outside = new StringBuilder();
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            boolean quoted = c == '"' || c == '`' || c == '\'';
            if (!quoted) {
                outside.append(c);
                at++;
                continue;
            }
            int end = at + 1;
            while (end < sql.length()) {
                if (sql.charAt(end) == c) {
                    if (end + 1 >= sql.length() || sql.charAt(end + 1) != c) {
                        break;
                    }
                    end++;
                }
                end++;
            }
            if (end >= sql.length()) {
                throw new AssertionError("an open quote reached SQLite: " + sql);
            }
            boolean text = c == '\'';
            if (text && !definitions && sql.substring(at, end).contains(CANARY)) {
                throw new AssertionError("a client's text reached SQLite: " + sql);
            }
            outside.append(' ');
            at = end + 1;
        }
        return outside.toString();
    }
}
