package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.ResultSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answer of one statement. The packet that ends it waits for {@link #finish}, because a write is acknowledged only
 * when it has been committed. Connection failures come out as {@link UncheckedIOException}.
 */
final class ResultWriter implements ResultSink {
    private final PacketWriter writer;
    private final ServerSession session;
    private final RowEncoder rows;
    private @Nullable List<Column> columns;
    private long affectedRows;
    private long lastInsertId;
    private String info = "";

    ResultWriter(PacketWriter writer, ServerSession session, RowEncoder rows) {
        this.writer = writer;
        this.session = session;
        this.rows = rows;
    }

    @Override
    public void columns(List<Column> described) {
        columns = described;
        try {
            writer.packet(new PayloadWriter(9).lengthEncoded(described.size()).payload());
            for (Column column : described) {
                writer.packet(Packets.column(column));
            }
            writer.packet(Packets.endOfRows(session.status(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void row(@Nullable Object[] values) {
        if (columns == null) {
            throw new IllegalStateException("a row came before the columns");
        }
        try {
            rows.write(writer, columns, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void endOfRows() {
        // Written by finish, when the statement is over.
    }

    @Override
    public void done(long affected, long insertId, String text) {
        affectedRows = affected;
        lastInsertId = insertId;
        info = text;
    }

    void finish(boolean moreResults) throws IOException {
        int status = session.status() | (moreResults ? ServerStatus.MORE_RESULTS : 0);
        int warnings = Math.min(session.warningCount(), 0xffff);
        writer.packet(
                columns == null
                        ? Packets.ok(affectedRows, lastInsertId, status, warnings, info)
                        : Packets.endOfRows(status, warnings));
    }
}
