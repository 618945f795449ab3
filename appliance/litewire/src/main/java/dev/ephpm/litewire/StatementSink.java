package dev.ephpm.litewire;

import dev.ephpm.litewire.sqlite.RowFormat;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Passes an answer on and remembers what the session must know of it afterwards. */
final class StatementSink implements ResultSink {
    private final ResultSink client;
    private final Runnable check;
    private final UnaryOperator<List<Column>> description;
    private long rowCount = -1;
    private long rowsSent;

    /**
     * @param check throws when the statement is to end
     * @param description how the session describes columns
     */
    StatementSink(ResultSink client, Runnable check, UnaryOperator<List<Column>> description) {
        this.client = client;
        this.check = check;
        this.description = description;
    }

    /** What ROW_COUNT() is to say. */
    long rowCount() {
        return rowCount;
    }

    /** Rows of the result. */
    long rowsSent() {
        return rowsSent;
    }

    @Override
    public void columns(List<Column> columns) {
        client.columns(description.apply(columns));
    }

    @Override
    public void row(@Nullable Object[] values) {
        check.run();
        rowsSent++;
        client.row(values);
    }

    @Override
    public long rows(SqliteCursor cursor, RowFormat format, RowValues values) throws SQLException {
        long rows = client.rows(new CheckedCursor(cursor, check), format, values);
        rowsSent += Math.max(0, rows);
        return rows;
    }

    @Override
    public void endOfRows() {
        client.endOfRows();
    }

    @Override
    public void done(long affectedRows, long lastInsertId, String info) {
        rowCount = affectedRows;
        client.done(affectedRows, lastInsertId, info);
    }
}
