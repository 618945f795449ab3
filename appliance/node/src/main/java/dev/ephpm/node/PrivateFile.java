package dev.ephpm.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Small files that only we may read (mode 0600), never half written. */
final class PrivateFile {
    private PrivateFile() {}

    /** Writes a new file or replaces the present one in one step. */
    static void write(Path file, byte[] content) {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            writePartial(partial, content);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw DataDirectory.refusal("write", file, e);
        }
    }

    /** Writes the file unless it is there; gives what then stands in it. */
    static byte[] writeOnce(Path file, byte[] content) {
        if (!Files.exists(file)) {
            Path partial = file.resolveSibling(file.getFileName() + ".partial");
            try {
                writePartial(partial, content);
                Files.createLink(file, partial);
            } catch (FileAlreadyExistsException e) {
                return read(file);
            } catch (IOException e) {
                throw DataDirectory.refusal("write", file, e);
            } finally {
                deleteQuietly(partial);
            }
        }
        return read(file);
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw DataDirectory.refusal("read", file, e);
        }
    }

    private static void writePartial(Path partial, byte[] content) throws IOException {
        Files.deleteIfExists(partial);
        try (FileChannel channel = FileChannel.open(
                partial,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A left-over partial file is overwritten next time.
            file.toFile().deleteOnExit();
        }
    }
}
