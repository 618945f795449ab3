package dev.ephpm.sqldmanager;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that cannot be mistaken for a later one of the same number.
 *
 * @param startTime in clock ticks since the machine started, as in {@code /proc/<pid>/stat}
 */
record ProcessIdentity(long pid, long startTime) {
    private static final int START_TIME = 19;
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    static ProcessIdentity own() {
        long pid = ProcessHandle.current().pid();
        return of(pid).orElseThrow(() -> new IllegalStateException("there is no /proc/" + pid));
    }

    /** The running process of that number; empty when there is none, or only its remains. */
    static Optional<ProcessIdentity> of(long pid) {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            /* The second field, a name in parentheses, may hold anything. */
            String[] fields =
                    status.substring(status.lastIndexOf(')') + 2).strip().split(" ", -1);
            boolean ended = "Z".equals(fields[0]) || "X".equals(fields[0]);
            return ended ? Optional.empty() : Optional.of(new ProcessIdentity(pid, Long.parseLong(fields[START_TIME])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean isAlive() {
        return of(pid).equals(Optional.of(this));
    }

    /** Changes with each start of the machine. */
    static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            throw new SqldException(
                    SqldException.Reason.UNAVAILABLE, "cannot read " + BOOT_ID + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return pid + " " + startTime;
    }
}
