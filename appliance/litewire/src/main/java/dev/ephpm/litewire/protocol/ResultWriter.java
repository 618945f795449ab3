package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.DescribedColumns;
import dev.ephpm.litewire.ResultSink;
import dev.ephpm.litewire.sqlite.EncodedRows;
import dev.ephpm.litewire.sqlite.RowFormat;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answer of one statement. The packet that ends it waits for {@link #finish}, because a write is acknowledged only
 * when it has been committed. Connection failures come out as {@link UncheckedIOException}.
 */
final class ResultWriter implements ResultSink {
    private static final int FIRST_SEQUENCE = 1;

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
        boolean asBytes = session.wantsBytes();
        try {
            if (!asBytes && described instanceof DescribedColumns known && writer.sequence() == FIRST_SEQUENCE) {
                writer.packets(known.encoded(ResultWriter::encode), described.size() + 1);
            } else {
                writer.packet(Packets.columnCount(described.size()));
                for (Column column : described) {
                    writer.packet(Packets.column(asBytes ? column.asBytes() : column));
                }
            }
            writer.packet(Packets.endOfRows(session.status(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packets that describe the columns of the first answer to a command. */
    private static byte[] encode(List<Column> columns) {
        PayloadWriter packets = new PayloadWriter(128 * columns.size());
        int sequence = FIRST_SEQUENCE;
        packet(packets, Packets.columnCount(columns.size()), sequence++);
        for (Column column : columns) {
            packet(packets, Packets.column(column), sequence++);
        }
        return packets.payload();
    }

    private static void packet(PayloadWriter packets, byte[] payload, int sequence) {
        packets.integer(payload.length, 3).integer(sequence, 1).bytes(payload);
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
    public long rows(SqliteCursor cursor, RowFormat format, RowValues values) throws SQLException {
        if (!cursor.encodes()) {
            return -1;
        }
        try {
            return encodeRows(cursor, format, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long encodeRows(SqliteCursor cursor, RowFormat format, RowValues values) throws SQLException, IOException {
        long count = 0;
        boolean skip = false;
        while (true) {
            EncodedRows part = writer.encode(cursor, format, rows.isBinary(), skip);
            count += part.rows();
            if (part.end() == EncodedRows.End.ALL) {
                return count;
            }
            skip = part.end() == EncodedRows.End.JAVA || writer.isEmpty();
            if (skip) {
                // A value of another kind than its column, or a row larger than the buffer.
                row(values.current());
                count++;
            } else {
                writer.flush();
            }
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
