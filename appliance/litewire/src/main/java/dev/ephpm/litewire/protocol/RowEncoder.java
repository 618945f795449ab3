package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.Column;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one row as a packet: {@link TextRows} or {@link BinaryRows}. */
interface RowEncoder {
    boolean isBinary();

    void write(PacketWriter writer, List<Column> columns, @Nullable Object[] values) throws IOException;
}
