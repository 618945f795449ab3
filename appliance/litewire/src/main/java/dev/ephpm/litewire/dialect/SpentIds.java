package dev.ephpm.litewire.dialect;

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

    /** Of an INSERT … SELECT, whose number of rows is not known beforehand: 1, 2, 4, 8 … are reserved in turn. */
    static long unusedAfter(long rows) {
        return rows == 0 ? 0 : (Long.highestOneBit(rows) << 1) - 1 - rows;
    }
}
