package dev.ephpm.litewire.dump;

import java.util.zip.CRC32C;

/**
 * The part of a dump that is being looked at. Indexes into {@link #bytes} hold until {@link #release()}, however much is read
 * meanwhile; the window grows as far as one statement or row needs, up to a limit.
 */
final class DumpWindow {
    private static final int READ_BYTES = 1 << 18;

    private final DumpSource source;
    private final int largest;
    private final CRC32C checksum = new CRC32C();
    private byte[] bytes = new byte[4 * READ_BYTES];
    private int position;
    private int limit;
    private int hashed;
    private int most;
    private long discarded;
    private long line = 1;
    private long checkAt;
    private long checked;
    private boolean ended;
    private boolean stopped;

    /** @param largest how many bytes one statement or row may have */
    DumpWindow(DumpSource source, int largest) {
        this.source = source;
        this.largest = largest;
        this.most = largest;
    }

    DumpSource source() {
        return source;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the next unit begins. */
    int position() {
        return position;
    }

    /** Offset of {@link #position()} in the unpacked dump. */
    long offset() {
        return discarded + position;
    }

    /** The line {@link #position()} is on, from 1. */
    long line() {
        return line;
    }

    /** The byte at an index, or −1 behind the end of the dump. */
    int at(int index) {
        while (index >= limit) {
            if (!fill()) {
                return -1;
            }
        }
        return bytes[index] & 0xff;
    }

    /** Index one past the bytes read so far. */
    int limit() {
        return limit;
    }

    /** Reads on; false at the end of the dump, or when the unit is longer than {@link #look} allows. */
    boolean fill() {
        if (ended) {
            return false;
        }
        if (limit - position >= most) {
            if (most < largest) {
                stopped = true;
                return false;
            }
            throw new DumpException("line " + line + ": a statement or row has more than " + (largest >> 20)
                    + " MiB, which does not fit into memory; run the command with EPHPM_JAVA_OPTS=-Xmx1g, or make the dump"
                    + " with --skip-extended-insert");
        }
        if (limit == bytes.length) {
            byte[] larger = new byte[(int) Math.min(2L * bytes.length, (long) largest + 2 * READ_BYTES + position)];
            System.arraycopy(bytes, 0, larger, 0, limit);
            bytes = larger;
        }
        int read = source.read(bytes, limit, Math.min(READ_BYTES, bytes.length - limit));
        ended = read < 0;
        limit += Math.max(0, read);
        return !ended;
    }

    /** Allows the unit only so many bytes; {@link #stopped()} tells when they did not suffice. */
    void look(int bytesAhead) {
        most = Math.min(bytesAhead, largest);
        stopped = false;
    }

    void lookFreely() {
        most = largest;
        stopped = false;
    }

    boolean stopped() {
        return stopped;
    }

    /** Goes on at an index. */
    void advance(int to) {
        long lines = 0;
        for (int i = position; i < to; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        line += lines;
        if (offset() < checkAt && discarded + to >= checkAt) {
            position = (int) (checkAt - discarded);
            checked = checksum();
        }
        position = to;
    }

    /** Keeps the checksum of what lies before this offset, which is ahead. */
    void checkAt(long offset) {
        checkAt = offset;
    }

    /** The checksum at the offset of {@link #checkAt}, once it has been passed; 0 before. */
    long checked() {
        return checked;
    }

    /** Lets go of what lies before {@link #position()}; indexes are void afterwards. */
    void release() {
        if (position > bytes.length / 2) {
            hash();
            System.arraycopy(bytes, position, bytes, 0, limit - position);
            limit -= position;
            discarded += position;
            position = 0;
            hashed = 0;
        }
    }

    private void hash() {
        checksum.update(bytes, hashed, position - hashed);
        hashed = position;
    }

    /** A checksum of everything before {@link #position()}. */
    long checksum() {
        hash();
        return checksum.getValue();
    }
}
