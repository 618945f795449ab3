package dev.ephpm.litewire.sqlite;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * C calls by the shape of their signature; L is a 64-bit number or an address. The handles are constants, which is what makes
 * them fast. A brief call returns at once and never calls back into Java; it may take a Java array.
 */
final class Downcalls {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle LONG_OF_NOTHING = ordinary(JAVA_LONG);
    private static final MethodHandle LONG_OF_L = ordinary(JAVA_LONG, JAVA_LONG);
    private static final MethodHandle LONG_OF_LLIIILII =
            ordinary(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final MethodHandle INT_OF_L = ordinary(JAVA_INT, JAVA_LONG);
    private static final MethodHandle INT_OF_LLI = ordinary(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle INT_OF_LLILL =
            ordinary(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle BRIEF_INT_OF_L = brief(JAVA_INT, JAVA_LONG);
    private static final MethodHandle BRIEF_INT_OF_LI = brief(JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle BRIEF_INT_OF_LIL = brief(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle BRIEF_INT_OF_LID = brief(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_DOUBLE);
    private static final MethodHandle BRIEF_INT_OF_LI_BYTES =
            brief(JAVA_INT, JAVA_LONG, JAVA_INT, ValueLayout.ADDRESS, JAVA_INT);
    private static final MethodHandle BRIEF_LONG_OF_L = brief(JAVA_LONG, JAVA_LONG);
    private static final MethodHandle BRIEF_LONG_OF_LI = brief(JAVA_LONG, JAVA_LONG, JAVA_INT);

    private Downcalls() {}

    private static MethodHandle ordinary(MemoryLayout result, MemoryLayout... parameters) {
        return LINKER.downcallHandle(FunctionDescriptor.of(result, parameters));
    }

    private static MethodHandle brief(MemoryLayout result, MemoryLayout... parameters) {
        return LINKER.downcallHandle(FunctionDescriptor.of(result, parameters), Linker.Option.critical(true));
    }

    static long longOfNothing(MemorySegment function) {
        try {
            return (long) LONG_OF_NOTHING.invokeExact(function);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long longOf(MemorySegment function, long a) {
        try {
            return (long) LONG_OF_L.invokeExact(function, a);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long longOf(MemorySegment function, long a, long b, int c, int d, int e, long f, int g, int h) {
        try {
            return (long) LONG_OF_LLIIILII.invokeExact(function, a, b, c, d, e, f, g, h);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static int intOf(MemorySegment function, long a) {
        try {
            return (int) INT_OF_L.invokeExact(function, a);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int intOf(MemorySegment function, long a, long b, int c) {
        try {
            return (int) INT_OF_LLI.invokeExact(function, a, b, c);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int intOf(MemorySegment function, long a, long b, int c, long d, long e) {
        try {
            return (int) INT_OF_LLILL.invokeExact(function, a, b, c, d, e);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static int briefInt(MemorySegment function, long a) {
        try {
            return (int) BRIEF_INT_OF_L.invokeExact(function, a);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int briefInt(MemorySegment function, long a, int b) {
        try {
            return (int) BRIEF_INT_OF_LI.invokeExact(function, a, b);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int briefInt(MemorySegment function, long a, int b, long c) {
        try {
            return (int) BRIEF_INT_OF_LIL.invokeExact(function, a, b, c);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int briefInt(MemorySegment function, long a, int b, double c) {
        try {
            return (int) BRIEF_INT_OF_LID.invokeExact(function, a, b, c);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int briefInt(MemorySegment function, long a, int b, byte[] bytes) {
        try {
            return (int) BRIEF_INT_OF_LI_BYTES.invokeExact(function, a, b, MemorySegment.ofArray(bytes), bytes.length);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long briefLong(MemorySegment function, long a) {
        try {
            return (long) BRIEF_LONG_OF_L.invokeExact(function, a);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long briefLong(MemorySegment function, long a, int b) {
        try {
            return (long) BRIEF_LONG_OF_LI.invokeExact(function, a, b);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** invokeExact declares Throwable; C throws nothing. */
    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }
}
