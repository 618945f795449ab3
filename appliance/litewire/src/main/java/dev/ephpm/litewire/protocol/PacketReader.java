package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.SqlErrorCode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/**
 * Takes packets off a connection: 3 bytes of length, 1 of sequence number, payload; a payload of 0xFFFFFF bytes goes on in the
 * next packet. Never allocates more than has arrived, whatever length is announced.
 */
final class PacketReader {
    static final int LONGEST_PART = 0xFFFFFF;

    private static final int HEADER = 4;
    static final int BUFFER = 16 * 1024;

    private final ReadableByteChannel channel;
    private final ByteBuffer buffer;
    private int nextSequence;
    private long limit;
    private long received;

    /** @param buffer of {@link #BUFFER} bytes */
    PacketReader(ReadableByteChannel channel, ByteBuffer buffer, long limit) {
        this.channel = channel;
        this.buffer = buffer.clear().limit(0);
        this.limit = limit;
    }

    /** Bytes received since this was asked last. */
    long takeReceived() {
        long bytes = received;
        received = 0;
        return bytes;
    }

    /** Payloads above this many bytes are refused with 1153. */
    void limit(long bytes) {
        this.limit = bytes;
    }

    /** The sequence number an answer to the last packet carries. */
    int nextSequence() {
        return nextSequence;
    }

    /** A command begins a new sequence. */
    void restartSequence() {
        nextSequence = 0;
    }

    void expectSequence(int sequence) {
        nextSequence = sequence & 0xff;
    }

    /** The next payload. Throws {@link EOFException} when the client is gone. */
    byte[] read() throws IOException {
        byte[] payload = new byte[0];
        while (true) {
            fill(HEADER);
            int length = (buffer.get() & 0xff) | (buffer.get() & 0xff) << 8 | (buffer.get() & 0xff) << 16;
            int sequence = buffer.get() & 0xff;
            if (sequence != nextSequence) {
                throw new ProtocolException(SqlErrorCode.PACKETS_OUT_OF_ORDER.with());
            }
            nextSequence = (sequence + 1) & 0xff;
            if ((long) payload.length + length > limit) {
                discard(length);
                throw new ProtocolException(SqlErrorCode.PACKET_TOO_LARGE.with());
            }
            payload = append(payload, length);
            if (length < LONGEST_PART) {
                return payload;
            }
        }
    }

    private void fill(int count) throws IOException {
        if (buffer.remaining() >= count) {
            return;
        }
        buffer.compact();
        while (buffer.position() < count) {
            int read = channel.read(buffer);
            received += Math.max(read, 0);
            if (read < 0) {
                throw new EOFException("the client closed the connection");
            }
        }
        buffer.flip();
    }

    private byte[] append(byte[] payload, int length) throws IOException {
        int size = payload.length;
        int wanted = size + length;
        byte[] grown = Arrays.copyOf(payload, Math.min(wanted, size + Math.max(buffer.remaining(), BUFFER)));
        while (size < wanted) {
            fill(1);
            if (size == grown.length) {
                grown = Arrays.copyOf(grown, (int) Math.min(wanted, grown.length * 2L));
            }
            int count = Math.min(buffer.remaining(), grown.length - size);
            buffer.get(grown, size, count);
            size += count;
        }
        return grown;
    }

    /** Reads the refused part away, so that the client gets to the error instead of a reset connection. */
    private void discard(int length) throws IOException {
        int left = length;
        while (left > 0) {
            fill(1);
            int count = Math.min(buffer.remaining(), left);
            buffer.position(buffer.position() + count);
            left -= count;
        }
    }
}
