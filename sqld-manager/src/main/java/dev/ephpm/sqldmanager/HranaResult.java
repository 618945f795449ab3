package dev.ephpm.sqldmanager;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a statement gave.
 *
 * @param columns names as SQLite gives them
 * @param affectedRows rows inserted, updated or deleted by this statement
 * @param lastInsertId the row id of the connection's last INSERT; absent before the first
 * @param replicationIndex the frame this statement's transaction ended with; absent for reads and inside a transaction.
 *     In a batch the last step that was done has the batch's
 */
public record HranaResult(
        List<String> columns,
        List<List<HranaValue>> rows,
        long affectedRows,
        OptionalLong lastInsertId,
        OptionalLong replicationIndex) {
    HranaResult with(OptionalLong index) {
        return new HranaResult(columns, rows, affectedRows, lastInsertId, index);
    }
}
