package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Set;

/** The statements of one connection by their text, the least recently used dropped first. */
final class StatementCache {
    /** Texts longer than this are rarely sent twice and would keep memory. */
    private static final int LONGEST_TEXT = 16 * 1024;

    private final int limit;
    private final LinkedHashMap<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);

    StatementCache(int limit) {
        this.limit = limit;
    }

    /** The idle statement with this text, or a new one. */
    PreparedStatement take(LibraryConnection connection, String sql) throws SQLException {
        PreparedStatement cached = statements.get(sql);
        if (cached != null && !cached.running()) {
            return cached;
        }
        PreparedStatement statement = connection.prepare(sql);
        if (cached == null && cacheable(sql)) {
            statements.put(sql, statement);
            shrink();
        }
        return statement;
    }

    /** Setting a pragma happens while it is prepared, so a second run of the same statement would do nothing. */
    private static boolean cacheable(String sql) {
        return sql.length() <= LONGEST_TEXT && !(sql.regionMatches(true, 0, "PRAGMA", 0, 6) && sql.indexOf('=') > 0);
    }

    /** To be called when a statement has ended: closes it unless it is kept for the next time. */
    void giveBack(String sql, PreparedStatement statement) {
        statement.reset();
        if (statements.get(sql) != statement) {
            statement.close();
        }
    }

    void closeUnlessKept(PreparedStatement statement) {
        if (!statements.containsValue(statement)) {
            statement.close();
        }
    }

    private void shrink() {
        Iterator<PreparedStatement> oldestFirst = statements.values().iterator();
        while (statements.size() > limit && oldestFirst.hasNext()) {
            PreparedStatement oldest = oldestFirst.next();
            if (!oldest.running()) {
                oldestFirst.remove();
                oldest.close();
            }
        }
    }

    /** Closes every idle statement; a running one is closed when it is given back. */
    void clear() {
        statements.values().stream().filter(statement -> !statement.running()).forEach(PreparedStatement::close);
        statements.clear();
    }

    /** Closes the statements that are left when the connection ends, but those already closed. */
    void closeExcept(Set<PreparedStatement> alreadyClosed) {
        statements.values().stream()
                .filter(statement -> !alreadyClosed.contains(statement))
                .forEach(PreparedStatement::close);
        statements.clear();
    }
}
