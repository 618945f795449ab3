package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.SQLException;
import java.util.List;

/** AUTO_INCREMENT ids that MySQL reserves for a statement, does not use and does not give back. */
final class SpentIds {
    private SpentIds() {}

    static void advance(SqliteHandle database, String table, long ids) throws SQLException {
        if (ids > 0) {
            var _ = database.update("UPDATE sqlite_sequence SET seq = seq + ?1 WHERE name = ?2", List.of(ids, table));
        }
    }

    /**
     * Ids of an INSERT … SELECT that was refused at some row. SQLite remembers the row before it.
     *
     * @param before the connection's last rowid before the statement
     */
    static void reserveAfterFailure(Execution execution, String table, long before) throws SQLException {
        long inserted = execution.database().lastInsertRowid();
        long last = last(execution.database(), table);
        long tried = inserted == before || inserted <= last ? 1 : inserted - last + 1;
        execution.session().transactions().reserve(table, last + tried + unusedAfter(tried));
    }

    /** The highest id given so far. */
    static long last(SqliteHandle database, String table) throws SQLException {
        String sql = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?1";
        try (SqliteCursor cursor = database.query(sql, List.of(table))) {
            return cursor.next() && cursor.value(0) instanceof Long id ? id : 0;
        }
    }

    /** Of an INSERT … SELECT, whose number of rows is not known beforehand: 1, 2, 4, 8 … are reserved in turn. */
    static long unusedAfter(long rows) {
        return rows == 0 ? 0 : (Long.highestOneBit(rows) << 1) - 1 - rows;
    }
}
