package dev.ephpm.sqldmanager;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whose a port is. Between our look at a free port and sqld's bind another program of this machine, such as the PHP code of a
 * site, could have taken it; it would be told everything meant for sqld.
 */
final class ListeningPort {
    private static final Path SOCKETS = Path.of("/proc/net/tcp");
    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private ListeningPort() {}

    /** Whether that process, and no other, listens on a port of 127.0.0.1. */
    static boolean belongsTo(long pid, int port) {
        try {
            Set<String> listeners = listeners(Files.readAllLines(SOCKETS, StandardCharsets.US_ASCII), port);
            return !listeners.isEmpty() && socketsOf(pid).containsAll(listeners);
        } catch (IOException e) {
            return false;
        }
    }

    /** Addresses are in hexadecimal, the port after a colon. */
    private static Set<String> listeners(List<String> lines, int port) {
        String end = ":%04X".formatted(port);
        Set<String> inodes = new HashSet<>();
        for (String line : lines) {
            String[] fields = line.strip().split("\\s+");
            if (fields.length > INODE && fields[LOCAL_ADDRESS].endsWith(end) && LISTENING.equals(fields[STATE])) {
                inodes.add(fields[INODE]);
            }
        }
        return inodes;
    }

    private static Set<String> socketsOf(long pid) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path descriptor : descriptors.toList()) {
                String target = target(descriptor);
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            /* Closed since it was listed. */
            return "";
        }
    }
}
