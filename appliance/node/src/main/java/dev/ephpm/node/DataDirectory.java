package dev.ephpm.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code node.data_dir}. PHP's user may pass through it to its own directories and to the database socket, and read nothing
 * else: directories it passes are 0710 and of its group, its own 0700, secrets 0600. Nobody else gets in.
 */
final class DataDirectory {
    static final String SECRET = "secret";
    static final String NODE_API_TOKEN = "node-api.token";

    private static final String PASSABLE = "rwx--x---";
    private static final String PRIVATE = "rwx------";

    private final Path path;
    private final Optional<PhpAccount> php;

    /** @param php who runs PHP, when that is not our own user */
    DataDirectory(Path path, Optional<PhpAccount> php) {
        this.path = path;
        this.php = php;
    }

    /** Makes what is missing, and claims the directory: two nodes on one directory would destroy each other's files. */
    FileChannel claim() {
        makePassable(path);
        makePassable(sites());
        makePassable(run());
        try {
            FileChannel lockFile =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(lockFile);
            if (lock == null) {
                lockFile.close();
                throw new OperatorException("Another ephpm uses node.data_dir " + path
                        + ": stop it, or give this one a directory of its own");
            }
            return lockFile;
        } catch (IOException e) {
            throw refusal("write to", path, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path path() {
        return path;
    }

    Path sites() {
        return path.resolve("sites");
    }

    Path run() {
        return path.resolve("run");
    }

    Path secretFile() {
        return path.resolve(SECRET);
    }

    Path nodeApiTokenFile() {
        return path.resolve(NODE_API_TOKEN);
    }

    Path fallbackDatabase() {
        return path.resolve("default.db");
    }

    /** The directories of one site's PHP, made when missing. */
    SiteDirectories prepareSite(String site) {
        Path directory = makePassable(sites().resolve(site));
        return new SiteDirectories(
                makeOwn(directory.resolve("tmp")),
                makeOwn(directory.resolve("sessions")),
                makeOwn(directory.resolve("log")));
    }

    /** What PHP may write outside the site's own directory. */
    record SiteDirectories(Path temporary, Path sessions, Path log) {}

    /** PHP's user may enter, not look around. */
    private Path makePassable(Path directory) {
        makeDirectory(directory, PASSABLE);
        php.ifPresent(account -> change("open", directory, () -> account.letPass(directory)));
        return directory;
    }

    /** PHP's user alone may enter. */
    private Path makeOwn(Path directory) {
        makeDirectory(directory, PRIVATE);
        php.ifPresent(account -> change("hand over", directory, () -> account.give(directory)));
        return directory;
    }

    /** A change of rights that may be refused. */
    private interface Change {
        void run() throws IOException;
    }

    private static void change(String action, Path directory, Change change) {
        try {
            change.run();
        } catch (IOException e) {
            throw refusal(action, directory, e);
        }
    }

    private static Path makeDirectory(Path directory, String mode) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory.toAbsolutePath().getParent());
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
            }
            return directory;
        } catch (FileAlreadyExistsException e) {
            if (Files.isDirectory(directory)) {
                return directory;
            }
            throw new OperatorException("Cannot use " + directory + ": it is a file; move it away", e);
        } catch (IOException e) {
            throw refusal("create", directory, e);
        }
    }

    static OperatorException refusal(String action, Path path, IOException cause) {
        return new OperatorException("Cannot " + action + " " + path + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException _ ->
                "permission denied; start as a user that may, or choose another node.data_dir";
            case NoSuchFileException missing ->
                "there can be nothing below " + missing.getFile() + "; choose another node.data_dir";
            case FileSystemException known
            when known.getReason() != null -> known.getReason() + "; put that right or choose another node.data_dir";
            default -> String.valueOf(cause.getMessage());
        };
    }
}
