package dev.ephpm.litewire;

import dev.ephpm.litewire.sqlite.SqliteConnection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AUTO_INCREMENT ids that a transaction has taken. They are not given again, even when the transaction or the statement is
 * undone, because SQLite undoes its count of them, too. At most one number for each table of the site.
 */
final class ReservedIds {
    private static final Logger log = LoggerFactory.getLogger(ReservedIds.class);

    private final Map<String, Long> highest = new HashMap<>();

    void add(String table, long id) {
        highest.merge(table, id, Math::max);
    }

    void clear() {
        if (!highest.isEmpty()) {
            highest.clear();
        }
    }

    private void storeIn(SqliteConnection writer) throws SQLException {
        for (Map.Entry<String, Long> reserved : highest.entrySet()) {
            List<@Nullable Object> values = List.of(reserved.getValue(), reserved.getKey());
            var _ = writer.update("UPDATE sqlite_sequence SET seq = max(seq, ?1) WHERE name = ?2", values);
            var _ = writer.update(
                    "INSERT INTO sqlite_sequence (name, seq) SELECT ?2, ?1"
                            + " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?2)",
                    values);
        }
    }

    /** After work was undone, with its transaction or without: then the count gets one of its own. */
    void outlive(SqliteConnection writer) {
        if (highest.isEmpty()) {
            return;
        }
        try {
            if (writer.inTransaction()) {
                storeIn(writer);
                return;
            }
            writer.execute("BEGIN IMMEDIATE");
            storeIn(writer);
            writer.execute("COMMIT");
        } catch (SQLException e) {
            // What led to the rollback, a full disk for one, may still be there. The ids will be given again.
            log.debug("could not keep count of unused ids", e);
        }
    }
}
