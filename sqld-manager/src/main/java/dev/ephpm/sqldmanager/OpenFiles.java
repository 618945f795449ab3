package dev.ephpm.sqldmanager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many files an sqld may open. At the limit it does not refuse a connection, it ends. */
final class OpenFiles {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String NAME = "Max open files";
    private static final long PER_SITE = 10;
    private static final long BASE = 1024;
    private static final long WANTED = 65_536;
    private static final long UNLIMITED = 1L << 30;

    private OpenFiles() {}

    static long needed(int sites) {
        return BASE + PER_SITE * sites;
    }

    /** What a process is given: enough for the sites, and more if it may be had. */
    static long granted(int sites, long allowed) {
        if (needed(sites) > allowed) {
            throw new SqldException(
                    SqldException.Reason.UNAVAILABLE,
                    sites + " replicated sites need " + needed(sites) + " open files per process, and " + allowed
                            + " are allowed; raise the hard limit (LimitNOFILE= in the unit, or ulimit -Hn)");
        }
        return Math.min(allowed, Math.max(WANTED, needed(sites)));
    }

    /** The hard limit, which the launcher may raise the soft one to. */
    static long allowed() {
        try {
            return parse(Files.readAllLines(LIMITS));
        } catch (IOException e) {
            throw new SqldException(
                    SqldException.Reason.UNAVAILABLE, "cannot read the limit of open files: " + e.getMessage(), e);
        }
    }

    static long parse(List<String> limits) throws IOException {
        for (String line : limits) {
            if (line.startsWith(NAME)) {
                String hard = line.substring(NAME.length()).strip().split("\\s+")[1];
                return "unlimited".equals(hard) ? UNLIMITED : Long.parseLong(hard);
            }
        }
        throw new IOException(LIMITS + " does not name it");
    }
}
