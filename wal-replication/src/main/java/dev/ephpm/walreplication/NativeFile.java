package dev.ephpm.walreplication;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one file by its name, as cheaply as Linux allows: the gate does so for every request. Reading through
 * {@code FileChannel} costs three times as much, and a channel kept open would be closed by an interrupted thread and would go
 * on reading a file that sqld has replaced.
 */
final class NativeFile {
    private static final int CURRENT_DIRECTORY = -100;
    /** O_RDONLY and O_CLOEXEC, the same on every Linux that sqld runs on. */
    private static final int READ_ONLY = 0x80000;

    private static final int INODE_WANTED = 0x100;
    /** Offsets in {@code struct statx}, which is the same on every architecture. */
    private static final int STATX_BYTES = 256;

    private static final int MASK = 0;
    private static final int INODE = 32;
    private static final int DEVICE_MAJOR = 136;
    private static final int DEVICE_MINOR = 140;

    private static final MethodHandle STATX =
            function("statx", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle OPENAT = function("openat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle READ = function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);

    private static final ThreadLocal<MemorySegment> SCRATCH =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATX_BYTES, Long.BYTES));

    private final MemorySegment name;

    NativeFile(Path path) {
        name = Arena.ofAuto().allocateFrom(path.toAbsolutePath().toString());
    }

    /** Which file has the name now, or null if none has. */
    @Nullable
    FileIdentity identity() {
        MemorySegment status = SCRATCH.get();
        try {
            int result = (int) STATX.invokeExact(CURRENT_DIRECTORY, name, 0, INODE_WANTED, status);
            if (result != 0 || (status.get(JAVA_INT, MASK) & INODE_WANTED) == 0) {
                return null;
            }
        } catch (Throwable e) {
            throw new IllegalStateException("statx cannot be called", e);
        }
        long device = ((long) status.get(JAVA_INT, DEVICE_MAJOR) << 32) | status.get(JAVA_INT, DEVICE_MINOR);
        return new FileIdentity(device, status.get(JAVA_LONG, INODE));
    }

    /**
     * The first bytes of the file that has the name now, at most {@code limit}, in one read; null if there is none. The memory
     * is the calling thread's until it calls this object or another of this class again.
     */
    @Nullable
    MemorySegment read(int limit) {
        if (limit > STATX_BYTES) {
            throw new IllegalArgumentException("more than " + STATX_BYTES + " bytes: " + limit);
        }
        MemorySegment content = SCRATCH.get();
        try {
            int descriptor = (int) OPENAT.invokeExact(CURRENT_DIRECTORY, name, READ_ONLY);
            if (descriptor < 0) {
                return null;
            }
            long length = (long) READ.invokeExact(descriptor, content, (long) limit);
            int closed = (int) CLOSE.invokeExact(descriptor);
            return length < 0 || closed != 0 ? null : content.asSlice(0, length);
        } catch (Throwable e) {
            throw new IllegalStateException("a file cannot be read", e);
        }
    }

    private static MethodHandle function(String function, MemoryLayout result, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        // openat takes its mode as a variable argument; none is passed, so the plain call is right.
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(function), FunctionDescriptor.of(result, arguments));
    }
}
