package dev.ephpm.phpbridge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/** Cuts what arrives from a worker into frames. Not for several threads at once. */
final class FrameReader {
    private static final int ROOM = 4096;

    private ByteBuf rest = Unpooled.EMPTY_BUFFER;
    private int limit;

    /** @param limit longest payload accepted for now */
    FrameReader(int limit) {
        this.limit = limit;
    }

    /** After the greeting a worker may send longer frames. */
    void limit(int bytes) {
        limit = bytes;
    }

    /**
     * Takes over the buffer and hands on the frames that are whole; keeps the rest for the next call.
     *
     * @throws PhpException when the bytes are not of this protocol; the connection is then useless
     */
    void read(ByteBuf arrived, Consumer<WorkerFrame> sink) {
        try {
            if (rest.isReadable()) {
                rest.writeBytes(arrived);
                readAll(rest, sink);
                rest.discardReadBytes();
            } else {
                readAll(arrived, sink);
                keep(arrived);
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new PhpException(
                    PhpException.Reason.WORKER_DIED,
                    "cannot read a frame of a PHP worker: " + e.getMessage() + "; the worker is discarded",
                    e);
        } finally {
            arrived.release();
        }
    }

    private void readAll(ByteBuf bytes, Consumer<WorkerFrame> sink) {
        while (readOne(bytes, sink)) {}
    }

    /** A rest is a frame that has not come whole yet: there is room for all of it, so that it is copied once. */
    private void keep(ByteBuf bytes) {
        if (!bytes.isReadable()) {
            rest = Unpooled.EMPTY_BUFFER;
            return;
        }
        int wanted = bytes.readableBytes() < Frames.HEADER ? 0 : bytes.getIntLE(bytes.readerIndex());
        rest = Unpooled.buffer(Math.max(bytes.readableBytes(), Frames.HEADER + wanted) + ROOM)
                .writeBytes(bytes);
    }

    private boolean readOne(ByteBuf bytes, Consumer<WorkerFrame> sink) {
        if (bytes.readableBytes() < Frames.HEADER) {
            return false;
        }
        int start = bytes.readerIndex();
        int length = bytes.getIntLE(start);
        int version = bytes.getByte(start + 4);
        if (version != Frames.VERSION || length < 0 || length > limit) {
            throw new IllegalArgumentException("version " + version + ", length " + length);
        }
        if (bytes.readableBytes() < Frames.HEADER + length) {
            return false;
        }
        int type = bytes.getUnsignedByte(start + 5);
        int flags = bytes.getUnsignedShortLE(start + 6);
        bytes.skipBytes(Frames.HEADER);
        sink.accept(WorkerFrame.decode(type, flags, bytes.readSlice(length)));
        return true;
    }
}
