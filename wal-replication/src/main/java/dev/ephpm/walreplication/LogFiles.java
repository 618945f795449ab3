package dev.ephpm.walreplication;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The files in which sqld keeps the position of one site, byte tables in DESIGN.md. They are opened by name for every look,
 * because a replica that starts anew deletes and recreates them. Safe for use by many threads.
 */
public final class LogFiles {
    static final int REPLICA_BYTES = 32;
    static final int PRIMARY_HEADER_BYTES = 64;

    private static final String DATA = "data";
    private static final String REPLICA_POSITION = "client_wal_index";
    private static final String PRIMARY_LOG = "wallog";
    /** "SQLDWAL" and a zero. */
    private static final long PRIMARY_MAGIC = 0x004c_4157_444c_5153L;

    private static final ValueLayout.OfLong LONG = JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private final NativeFile data;
    private final NativeFile replicaPosition;
    private final NativeFile primaryLog;

    /**
     * Touches nothing.
     *
     * @param directory the site's directory of one sqld process, {@code <process>/dbs/<site>}
     */
    public LogFiles(Path directory) {
        requireNonNull(directory, "directory is null");
        data = new NativeFile(directory.resolve(DATA));
        replicaPosition = new NativeFile(directory.resolve(REPLICA_POSITION));
        primaryLog = new NativeFile(directory.resolve(PRIMARY_LOG));
    }

    /** Which file the database is now; null while there is none. */
    @Nullable
    FileIdentity identity() {
        return data.identity();
    }

    /** How far a replica has got; empty before its first frame and while it starts anew. */
    public Optional<Position> replicaPosition() {
        MemorySegment content = replicaPosition.read(REPLICA_BYTES + 1);
        return content == null ? Optional.empty() : decodeReplica(content);
    }

    /** Where the log of a primary ends; empty if there is none, or nothing in it. */
    public Optional<Position> primaryPosition() {
        MemorySegment content = primaryLog.read(PRIMARY_HEADER_BYTES);
        return content == null ? Optional.empty() : decodePrimary(content);
    }

    static Optional<Position> decodeReplica(MemorySegment content) {
        if (content.byteSize() != REPLICA_BYTES) {
            return Optional.empty();
        }
        return position(logId(content, 0), content.get(LONG, 16));
    }

    static Optional<Position> decodePrimary(MemorySegment content) {
        if (content.byteSize() != PRIMARY_HEADER_BYTES || content.get(LONG, 0) != PRIMARY_MAGIC) {
            return Optional.empty();
        }
        long firstFrame = content.get(LONG, 32);
        long frames = content.get(LONG, 40);
        return frames == 0 ? Optional.empty() : position(logId(content, 16), firstFrame + frames - 1);
    }

    private static Optional<Position> position(UUID log, long frame) {
        return frame < 0 ? Optional.empty() : Optional.of(new Position(log, frame));
    }

    /** The UUID is stored as one number of 128 bits, least significant byte first. */
    private static UUID logId(MemorySegment content, long offset) {
        return new UUID(content.get(LONG, offset + Long.BYTES), content.get(LONG, offset));
    }
}
