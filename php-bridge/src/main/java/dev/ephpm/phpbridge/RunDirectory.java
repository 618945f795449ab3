package dev.ephpm.phpbridge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of the workers' socket: nobody but the appliance's user may enter it. Blocking. */
final class RunDirectory {
    private static final Logger LOGGER = LoggerFactory.getLogger(RunDirectory.class);
    /** The kernel's limit for the address of a Unix socket, less its closing NUL. */
    private static final int ADDRESS_LIMIT = 107;

    private final Path socket;

    RunDirectory(Path directory) {
        socket = directory.toAbsolutePath().resolve("php.sock");
    }

    Path socket() {
        return socket;
    }

    void prepare() {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > ADDRESS_LIMIT) {
            throw new PhpException(
                    PhpException.Reason.UNAVAILABLE,
                    "cannot listen on " + socket + ": a socket's path may have " + ADDRESS_LIMIT
                            + " bytes; choose a shorter node.data_dir");
        }
        Path directory = socket.resolveSibling("");
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new PhpException(
                    PhpException.Reason.UNAVAILABLE,
                    "cannot prepare " + directory + " for PHP's socket: " + e.getMessage() + "; make it writable",
                    e);
        }
    }

    void clear() {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            LOGGER.warn("cannot remove {}: {}", socket, e.getMessage());
        }
    }
}
