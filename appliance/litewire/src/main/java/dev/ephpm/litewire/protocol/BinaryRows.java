package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.Column;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of COM_STMT_EXECUTE: a NULL bitmap that begins at bit 2, then every other value in its column's binary form. */
final class BinaryRows implements RowEncoder {
    private static final int FIRST_BIT = 2;

    @Override
    public boolean isBinary() {
        return true;
    }

    @Override
    public void write(PacketWriter writer, List<Column> columns, @Nullable Object[] values) throws IOException {
        byte[] nulls = new byte[(values.length + FIRST_BIT + 7) / 8];
        PayloadWriter fields = new PayloadWriter(256);
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value == null) {
                nulls[(i + FIRST_BIT) / 8] |= (byte) (1 << (i + FIRST_BIT) % 8);
            } else {
                BinaryValue.write(fields, columns.get(i), value);
            }
        }
        byte[] payload = fields.payload();
        writer.begin(1L + nulls.length + payload.length);
        writer.write(new byte[1], 0, 1);
        writer.write(nulls, 0, nulls.length);
        writer.write(payload, 0, payload.length);
        writer.end();
    }
}
