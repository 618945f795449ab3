package dev.ephpm.sqldmanager;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Directories and files of the appliance's user alone; files appear whole or not at all. */
final class PrivateFiles {
    private static final String PARTIAL = ".partial";
    private static final Duration ABANDONED = Duration.ofHours(1);
    private static final int CHUNK = 1 << 16;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private PrivateFiles() {}

    static Path createDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, OWNER_ONLY);
        return directory;
    }

    static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, OWNER_ONLY);
    }

    /** Writes, syncs, and moves into place. Others may do the same at the same time: the last one wins, whole. */
    static void write(Path target, InputStream content) throws IOException {
        Path directory = target.resolveSibling("");
        removeAbandoned(directory);
        Path partial = directory.resolve("." + UUID.randomUUID() + PARTIAL);
        try {
            copy(content, partial);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(directory);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static void copy(InputStream content, Path target) throws IOException {
        FileAttribute<Set<PosixFilePermission>> mode = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
        try (FileChannel channel =
                FileChannel.open(target, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            byte[] chunk = new byte[CHUNK];
            for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
                ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, count);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            channel.force(true);
        }
    }

    static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** What a start that was killed has left behind. */
    private static void removeAbandoned(Path directory) throws IOException {
        Instant old = Instant.now().minus(ABANDONED);
        List<Path> partials;
        try (Stream<Path> files = Files.list(directory)) {
            partials = files.filter(file -> file.toString().endsWith(PARTIAL)).toList();
        }
        for (Path partial : partials) {
            if (Files.getLastModifiedTime(partial).toInstant().isBefore(old)) {
                Files.deleteIfExists(partial);
            }
        }
    }
}
