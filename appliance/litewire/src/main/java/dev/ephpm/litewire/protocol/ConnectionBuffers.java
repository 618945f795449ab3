package dev.ephpm.litewire.protocol;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of one connection, outside the heap. They go from one connection to the next, because such memory is expensive to
 * get and to give back, and PHP connects for every page.
 */
record ConnectionBuffers(ByteBuffer incoming, ByteBuffer outgoing) {
    /** More than these are given back to the system: they are left from a crowd. */
    static final int MOST_IDLE = 32;

    private static final BlockingQueue<ConnectionBuffers> IDLE = new ArrayBlockingQueue<>(MOST_IDLE);

    static ConnectionBuffers take() {
        @Nullable ConnectionBuffers idle = IDLE.poll();
        return idle == null
                ? new ConnectionBuffers(
                        ByteBuffer.allocateDirect(PacketReader.BUFFER), ByteBuffer.allocateDirect(PacketWriter.BUFFER))
                : idle;
    }

    /** Nobody may use them any more. */
    void giveBack() {
        incoming.clear();
        outgoing.clear();
        var _ = IDLE.offer(this);
    }

    static int idle() {
        return IDLE.size();
    }
}
