package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A site's directory under a sqld process that does not have the site loaded. sqld trusts what lies there: a log left from an
 * earlier role would be served under its old identity, and copies would diverge without anyone noticing.
 */
public final class SiteDirectory {
    private static final String DATA = "data";
    private static final String INCOMING = "data.incoming";
    /** Everything that says what was replicated from where; the database itself is in the other files. */
    private static final List<String> LOG_STATE =
            List.of("wallog", "snapshots", "to_compact", "tmp", "client_wal_index");

    private static final int PAGE_SIZE_OFFSET = 16;
    private static final byte[] PAGE_SIZE = {0x10, 0x00};

    private final Path directory;

    public SiteDirectory(Path directory) {
        this.directory = requireNonNull(directory, "directory is null");
    }

    /** Removes the log and keeps the database; for a directory whose process changes between primary and replica. */
    public void wipeLogState() {
        try {
            for (String name : LOG_STATE) {
                deleteTree(directory.resolve(name));
            }
        } catch (IOException e) {
            throw failure("remove the log state of", e);
        }
    }

    /** Removes everything, and the directory itself. */
    void clear() {
        try {
            deleteTree(directory);
        } catch (IOException e) {
            throw failure("remove", e);
        }
    }

    /** Makes a copy of {@code database} the only thing in this directory, whole or not at all. */
    void place(Path database, DatabaseCopy copy) {
        try {
            deleteTree(directory);
            Files.createDirectories(directory);
            Path incoming = directory.resolve(INCOMING);
            copy.copy(database, incoming);
            requirePageSize(incoming);
            sync(incoming, StandardOpenOption.WRITE);
            Files.move(incoming, directory.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
            sync(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            throw failure("place a database into", e);
        }
    }

    /** sqld ends with all its sites when it meets another size of pages. */
    private static void requirePageSize(Path database) throws IOException {
        try (InputStream stream = Files.newInputStream(database)) {
            byte[] header = stream.readNBytes(PAGE_SIZE_OFFSET + PAGE_SIZE.length);
            boolean fits = header.length == PAGE_SIZE_OFFSET + PAGE_SIZE.length
                    && header[PAGE_SIZE_OFFSET] == PAGE_SIZE[0]
                    && header[PAGE_SIZE_OFFSET + 1] == PAGE_SIZE[1];
            if (!fits) {
                throw new IOException(database + " is no SQLite database with pages of 4096 bytes");
            }
        }
    }

    static void sync(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        List<Path> paths;
        try (Stream<Path> found = Files.walk(root)) {
            paths = found.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }

    private ReplicationException failure(String action, IOException e) {
        return new ReplicationException(
                ReplicationException.Code.FILES, "cannot " + action + " " + directory + ": " + e.getMessage(), e);
    }
}
