package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.sqlite.EncodedRows;
import dev.ephpm.litewire.sqlite.RowFormat;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.sql.SQLException;

/**
 * Puts packets on a connection through one bounded buffer: a small result is one write, a large one streams. Blocks while the
 * client is slow.
 */
final class PacketWriter {
    static final int BUFFER = 32 * 1024;
    private static final int HEADER = 4;

    private final WritableByteChannel channel;
    private final Patience patience;

    /** Outside the heap, because the extension and the channel write from and to it. */
    private final ByteBuffer buffer;

    private int size;
    private int sequence;
    private long packetLeft;
    private int partLeft;
    private boolean partFull;
    private long sent;

    /** @param buffer direct, of {@link #BUFFER} bytes */
    PacketWriter(WritableByteChannel channel, ByteBuffer buffer, Patience patience) {
        this.channel = channel;
        this.buffer = buffer;
        this.patience = patience;
    }

    void sequence(int next) {
        sequence = next & 0xff;
    }

    int sequence() {
        return sequence;
    }

    /** A whole packet. */
    void packet(byte[] payload) throws IOException {
        begin(payload.length);
        write(payload, 0, payload.length);
        end();
    }

    /** Begins a packet whose payload of this length follows in any number of pieces. */
    void begin(long length) throws IOException {
        packetLeft = length;
        beginPart();
    }

    private void beginPart() throws IOException {
        partLeft = (int) Math.min(packetLeft, PacketReader.LONGEST_PART);
        partFull = partLeft == PacketReader.LONGEST_PART;
        packetLeft -= partLeft;
        if (BUFFER - size < HEADER) {
            flush();
        }
        buffer.put(size++, (byte) partLeft);
        buffer.put(size++, (byte) (partLeft >>> 8));
        buffer.put(size++, (byte) (partLeft >>> 16));
        buffer.put(size++, (byte) sequence);
        sequence = (sequence + 1) & 0xff;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (partLeft == 0) {
                beginPart();
            }
            int count = Math.min(left, partLeft);
            put(bytes, from, count);
            partLeft -= count;
            from += count;
            left -= count;
        }
    }

    /** Ends the packet; one whose last part is full is followed by an empty part. */
    void end() throws IOException {
        if (partFull) {
            beginPart();
        }
    }

    private void put(byte[] bytes, int offset, int length) throws IOException {
        if (length > BUFFER - size) {
            flush();
        }
        if (length > BUFFER) {
            send(ByteBuffer.wrap(bytes, offset, length));
            return;
        }
        buffer.put(size, bytes, offset, length);
        size += length;
    }

    /** Whole packets, as many as {@code count}, that carry the next sequence numbers already. */
    void packets(byte[] packets, int count) throws IOException {
        put(packets, 0, packets.length);
        sequence = (sequence + count) & 0xff;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Lets SQLite's side write rows into what is left of the buffer; see {@link SqliteCursor#encode}. */
    EncodedRows encode(SqliteCursor cursor, RowFormat format, boolean isBinary, boolean skip) throws SQLException {
        MemorySegment room = MemorySegment.ofBuffer(buffer.position(size));
        buffer.clear();
        EncodedRows encoded = cursor.encode(format, isBinary, skip, room, sequence);
        size += encoded.bytes();
        sequence = (sequence + encoded.rows()) & 0xff;
        return encoded;
    }

    void flush() throws IOException {
        if (size > 0) {
            send(buffer.clear().limit(size));
            buffer.clear();
            size = 0;
        }
    }

    /** Bytes sent since this was asked last. */
    long takeSent() {
        long bytes = sent;
        sent = 0;
        return bytes;
    }

    private void send(ByteBuffer bytes) throws IOException {
        sent += bytes.remaining();
        while (bytes.hasRemaining()) {
            patience.begin();
            // Bounded slices, because the JDK keeps a direct copy of the largest write per thread.
            int limit = bytes.limit();
            bytes.limit(Math.min(limit, bytes.position() + 2 * BUFFER));
            channel.write(bytes);
            bytes.limit(limit);
        }
        patience.end();
    }

    /** Told when a write begins and ends, so that a client that never reads can be given up. */
    interface Patience {
        void begin();

        void end();
    }
}
